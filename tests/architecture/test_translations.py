"""The Dutch is complete: every text of the sources stands in the catalog, translated, with the same placeholders."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from portfolio.engine import schema
from portfolio.engine.messages import TEXTS
from portfolio.models.letters import PLACES

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "portfolio" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
#: The keywords that `make messages` adds to those of Babel.
LAZY = {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}")
TAG = re.compile(r"</?\w+")


@pytest.fixture(scope="module")
def dutch() -> Catalog:
    with CATALOG.open("rb") as file:
        return read_po(file, locale="nl")


@pytest.fixture(scope="module")
def sources() -> set[tuple[str | None, str]]:
    """Context and text of all that the sources mark for translation, the way `make messages` finds them."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    found = set()
    for mapping in mappings:
        top, pattern = mapping["pattern"].split("/", 1)
        messages = extract_from_dir(
            ROOT / top, [(pattern, mapping["method"])], keywords=DEFAULT_KEYWORDS | LAZY
        )
        for _file, _line, text, _comments, context in messages:
            found.add((context, text if isinstance(text, str) else text[0]))
    return found


def texts(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def pairs(message: Message) -> list[tuple[str, str]]:
    """Every form of a text beside its translation."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string, strict=True))


def test_every_text_of_the_sources_stands_in_the_catalog(dutch, sources):
    known = {(message.context, pairs(message)[0][0]) for message in texts(dutch)}

    assert len(sources) > 1000, "the extraction found next to nothing"
    assert sorted(text for _context, text in sources - known) == [], "run `make messages` and translate them"


def test_the_catalog_holds_no_text_that_is_gone(dutch, sources):
    known = {(message.context, pairs(message)[0][0]) for message in texts(dutch)}

    assert sorted(text for _context, text in known - sources) == [], "run `make messages`"
    assert not dutch.obsolete


def test_every_text_is_translated_and_none_is_a_guess(dutch):
    assert [message.id for message in texts(dutch) if not all(said for _text, said in pairs(message))] == []
    assert [message.id for message in texts(dutch) if message.fuzzy] == []


def in_english(text):
    """The places of a letter may be written in both languages."""
    for (dutch, english), _told in PLACES.values():
        text = text.replace(f"{{{dutch}}}", f"{{{english}}}")
    return text


def test_a_translation_has_the_placeholders_and_tags_of_its_text(dutch):
    different = [
        (text, said)
        for message in texts(dutch)
        for text, said in pairs(message)
        for pattern in (PLACEHOLDER, TAG)
        if Counter(pattern.findall(text)) != Counter(pattern.findall(in_english(said)))
    ]

    assert different == []


def test_a_translation_begins_and_ends_as_its_text_does(dutch):
    """A space in front or a colon behind is there for what stands beside it on the page."""
    different = [
        (text, said)
        for message in texts(dutch)
        for text, said in pairs(message)
        if (text[0].isspace(), text[-1].isspace()) != (said[0].isspace(), said[-1].isspace())
        or (text[-1] in ".:?!" and text[-1] != said[-1])
    ]

    assert different == []


def test_quotation_marks_are_the_curly_ones(dutch):
    straight = [
        said for message in texts(dutch) for _text, said in pairs(message) if re.search(r"\w'\w|\"", said)
    ]

    assert straight == []


def test_words_of_the_engine_reach_the_reader_in_dutch(dutch):
    """The engine marks its texts without translating them, so a text that it forgets to mark fails nowhere else."""
    known = {message.id for message in texts(dutch)}
    columns = [*schema.SETTINGS, *(each for frame in schema.FRAMES.values() for each in frame.columns)]

    assert {each.meaning for each in columns} - known == set()
    assert {each.unit for each in columns if each.unit} - known == set()
    assert set(TEXTS.values()) - known == set()
