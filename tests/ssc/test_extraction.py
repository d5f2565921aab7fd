"""Translators get every text of a template, at the line where it stands."""

from io import BytesIO

from ssc.extraction import extract

TEMPLATE = b"""{% load i18n %}
<div>
    <p>It's {% translate "Demand" %}</p>
  {# Translators: a person, not a place #}
  <b title="{% translate 'Post' context 'work' %}">
        {% blocktranslate count n=posts %}{{ n }} post{% plural %}{{ n }} posts{% endblocktranslate %}
</b></div>
"""


def test_it_finds_texts_contexts_and_plurals():
    keywords = {"gettext": None, "_": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2)}

    found = [(line, texts) for line, _, texts, _ in extract(BytesIO(TEMPLATE), keywords, [], {})]

    assert (3, "Demand") in found
    assert (5, ("work", "Post")) in found
    assert any(line == 6 and texts[:2] == ("%(n)s post", "%(n)s posts") for line, texts in found)
