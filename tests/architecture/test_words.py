"""The house's words: modules named after the field, an opening sentence each, American spelling."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path
    for package in ("portfolio", "ssc")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
BRITISH = re.compile("centre|colour|behaviour|licence|favour")

by_path = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


@by_path
def test_no_module_is_named_after_nothing(path):
    nameless = {"common", "core", "helpers", "misc", "utils", "util"}

    assert not nameless & {path.stem, *path.relative_to(ROOT).parts}


@by_path
def test_a_module_opens_with_a_sentence(path):
    source = path.read_text()
    if path.name == "__init__.py" and not source:
        return

    sentence = ast.get_docstring(ast.parse(source)) or ""

    assert sentence.split("\n")[0].strip(), f"{path.name} does not say what it is for"


@by_path
def test_names_are_spelled_the_american_way(path):
    names = {
        name
        for node in ast.walk(ast.parse(path.read_text()))
        for name in (getattr(node, "id", None), getattr(node, "name", None), getattr(node, "arg", None))
        if isinstance(name, str)
    }

    assert not [name for name in names if BRITISH.search(name.lower())]
