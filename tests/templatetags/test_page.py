"""The parts of a page: what they write, and that nothing a user typed becomes markup."""

from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from portfolio.reports import charts

EVIL = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def render(text: str, **context) -> str:
    return Template("{% load page figures %}" + text).render(Context(context))


def test_tile_says_better_to_who_cannot_see_green() -> None:
    html = render('{% tile "Cost" "€9m" was="€10m" difference="−€1m" verdict="better" %}')
    assert "delta-better" in html
    assert "better</span>" in html
    assert "was €10m" in html
    assert "visually-hidden" not in render('{% tile "Cost" "€9m" difference="±€0" verdict="same" %}')


def test_warnings_take_findings_and_mappings() -> None:
    html = render(
        "{% warnings items %}",
        items=[SimpleNamespace(level="error", message="A"), {"level": "note", "message": "B", "url": "/b"}],
    )
    assert "Error:" in html
    assert 'href="/b"' in html
    assert "Nothing asks for your attention." in render("{% warnings items %}", items=[])


@pytest.mark.parametrize(
    "tag",
    [
        "{% tile evil evil was=evil difference=evil note=evil help=evil %}",
        "{% delta evil %}",
        "{% say %}{{ evil }}{% endsay %}",
        "{% scroll evil %}{{ evil }}{% endscroll %}",
        "{% warnings items %}",
        '{% status "entered" range=evil %}',
        "{% tag evil %}",
        "{% empty evil evil '/' evil %}",
        "{% progress '/' evil %}",
        "{% help evil evil %}",
        "{% picker evil items %}",
        "{% share_bar items evil %}",
        "{% closing evil evil True unit=evil note=evil target_value=1.5 %}",
        "{% undo_bar evil '/' %}",
        "{% figure chart %}",
    ],
)
def test_nothing_typed_becomes_markup(tag: str) -> None:
    items = [
        {
            "level": "error",
            "message": EVIL,
            "detail": EVIL,
            "url": "/",
            "label": EVIL,
            "value": 1,
            "kind": "keep",
        }
    ]
    chart = charts.bars("one", EVIL, [EVIL], {EVIL: [1]})
    html = render(tag, evil=EVIL, items=items, chart=chart)
    assert "alert(1)" in html
    assert "<script>alert" not in html


def test_parts_of_a_bar_fill_it() -> None:
    parts = [{"label": "keep", "value": 3, "kind": "keep"}, {"label": "stop", "value": 1, "kind": "gone"}]
    html = render('{% share_bar parts "Decided" %}', parts=parts)
    assert 'x="0.000" width="75.000"' in html
    assert 'x="75.000" width="25.000"' in html
    assert "NaN" not in render('{% share_bar parts "Decided" %}', parts=[])


def test_small_bar_survives_nothing() -> None:
    assert 'width="50.00"' in render("{% bar 2 4 %}")
    assert 'width="0.00"' in render("{% bar 2 0 %}")
    assert 'width="100.00"' in render("{% bar 9 4 %}")


def test_closing_check_that_does_not_close_says_so() -> None:
    assert "does not close" in render('{% closing "1" "2" False %}')
    assert "does not close" not in render('{% closing "2" "2" True %}')
    assert 'data-target="31.3"' in render('{% closing "31,30" "31,30" True target_value=31.3 %}')


def test_pagination_keeps_the_other_words_of_the_query() -> None:
    request = RequestFactory().get("/", {"q": "ciso", "page": "2"})
    page = Paginator(range(100), 10).page(2)
    html = Template("{% load page %}{% pagination page %}").render(RequestContext(request, {"page": page}))
    assert "q=ciso" in html
    assert "page=3" in html
    assert (
        Template("{% load page %}{% pagination page %}")
        .render(RequestContext(request, {"page": Paginator([], 10).page(1)}))
        .strip()
        == ""
    )


def test_error_pages_need_no_context() -> None:
    from django.template.loader import render_to_string

    for name in ("400", "403", "403_csrf", "404", "500"):
        assert "<h1>" in render_to_string(f"{name}.html")
