"""The guard on browser pages is itself guarded: a page with faults must not pass for a clean one."""

PAGE = """<!doctype html><html lang="nl"><title>Proef</title>
<p style="color: red">Wie dit leest, ziet zwart.</p>
<img src="https://elsewhere.example/pixel.png" alt="">
<script src="/own.js"></script></html>"""


def test_it_sees_what_a_page_hides(page, faults, live_server):
    def answer(route):
        route.fulfill(
            body=PAGE,
            headers={
                "Content-Type": "text/html",
                "Content-Security-Policy": "default-src 'none'; script-src 'self'; img-src https:",
            },
        )

    page.context.route("**/proef", answer)
    page.context.route("**/own.js", lambda route: route.fulfill(body="throw new Error('stuk')"))
    page.goto("/proef")

    told = "\n".join(faults)
    faults.clear()
    assert "CSP style-src" in told
    assert "Request to elsewhere: https://elsewhere.example/pixel.png" in told
    assert "Script: stuk" in told
    assert page.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(0, 0, 0)"


def test_axe_finds_a_picture_without_words(page, axe):
    page.set_content("<!doctype html><html lang=nl><title>x</title><main><img src='data:,'></main>")

    assert any(line.startswith("image-alt (critical)") for line in axe(page))
