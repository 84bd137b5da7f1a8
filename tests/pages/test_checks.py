"""The page checks themselves: each finds the fault it is there for, and nothing in a good page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.pages.checks import Scheme, check_html, check_page
from tests.pages.rendered import Watch, bring_axe
from tests.services import chromium, node
from tests.services.required import browser_lacks, required

STYLE = """
body { font: 18px/1.6 sans-serif; margin: 16px; color: #1d1d1f; background: #fff }
input[type=text], button, nav a { min-height: 44px; min-width: 44px; box-sizing: border-box }
nav a { display: inline-flex; align-items: center }
.wide { overflow-x: auto } .wide table { width: 1000px }
.strip { width: 2000px }
.tiny { min-height: 0 !important; height: 20px }
.pale { color: #8a8a8a }
"""
GOOD = """<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>查进度 - 惠民热线</title>
    <link rel="stylesheet" href="/site.css">
  </head>
  <body>
    <header><nav aria-label="主要栏目"><a href="/">首页</a></nav></header>
    <main>
      <h1>查进度</h1>
      <p>没有查询码？请打 <a href="tel:027-0000-0000">027-0000-0000</a>。</p>
      <form method="post" action="/progress">
        <input type="hidden" name="csrf_token" value="x">
        <p><label for="code">查询码</label> <input type="text" id="code" name="code"></p>
        <p><button type="submit">查进度</button></p>
      </form>
      <section class="wide" role="region" aria-label="各类来件的时限" tabindex="0">
        <table>
          <caption>各类来件的时限</caption>
          <thead><tr><th scope="col">类别</th><th scope="col">时限</th></tr></thead>
          <tbody><tr><td>举报</td><td>30个工作日</td></tr></tbody>
        </table>
      </section>
    </main>
  </body>
</html>
"""
MARKUP_FAULTS = [
    ('lang="zh-CN"', 'lang="en"', "language is 'en'"),
    ("查进度 - 惠民热线", "查进度", "not of the form"),
    ("<h1>查进度</h1>", "<h2>查进度</h2>", "has 0 h1"),
    ("<h1>查进度</h1>", "<h1>查进度</h1><h3>说明</h3>", "After an h1 comes an h3"),
    ('<label for="code">查询码</label>', "查询码", "has no label"),
    ('id="code"', 'id="kode"', 'for="code" points to no id'),
    ("<main>", '<main><p id="code">甲</p>', "more than once"),
    ("<main>", '<main style="color: red">', "inline style"),
    ("<main>", "<main><script>alert(1)</script>", "script stands inline"),
    ("<button ", '<button onclick="go()" ', "carries a script"),
    ("/site.css", "//cdn.example/site.css", "reaches outside"),
    ('name="csrf_token"', 'name="token"', "no csrf_token"),
    ("<main>", '<main><img src="/a.png">', "no alt text"),
    ("</section>", "</div>", "close-order"),
]
BROWSER_FAULTS = [
    ("<main>", '<main><div class="strip">长</div>', "scrolls sideways to"),
    (' tabindex="0"', "", "no named region"),
    ('type="submit"', 'type="submit" class="tiny"', "less than 44×44"),
    ("<h1>", '<h1 class="pale">', "color-contrast"),
    ("<main>", "<main><p>" + "重" * 20_000 + "</p>", "more than 60000"),
    ("<main>", "<main><dialog open>请先登录</dialog>", "opens a dialog"),
]


def broken(old: str, new: str) -> str:
    """Return the good page with one fault, and make sure the fault really is in it."""
    assert old in GOOD
    return GOOD.replace(old, new)


@contextmanager
def served(html: str) -> Iterator[str]:
    """Serve one page and its style under the policy the portal itself sends."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            style = self.path == "/site.css"
            self.send_response(200)
            self.send_header("Content-Type", f"text/{'css' if style else 'html'}; charset=utf-8")
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'self'")
            self.end_headers()
            self.wfile.write((STYLE if style else html).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output to itself."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    required(browser_lacks())
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        yield browser


def seen_in(browser: Browser, html: str) -> list[str]:
    """Open a page on a phone and return all that the checks and the watch have to say."""
    with served(html) as home, browser.new_page(viewport={"width": 360, "height": 640}) as page:
        watch = Watch(home)
        watch.follow(page)
        page.goto(home)
        found = check_page(page)
        # The browser asks for an icon by itself, which this little server answers with the page.
        return found + watch.seen


def test_a_good_page_has_no_findings() -> None:
    required(node.missing())
    assert check_html(GOOD) == []


@pytest.mark.parametrize(("old", "new", "finding"), MARKUP_FAULTS)
def test_a_fault_in_the_markup_is_found(old: str, new: str, finding: str) -> None:
    required(node.missing())
    found = check_html(broken(old, new))
    assert any(finding in sentence for sentence in found), found


def test_a_good_page_has_no_findings_in_the_browser(opened: Browser) -> None:
    assert seen_in(opened, GOOD) == []


@pytest.mark.parametrize(("old", "new", "finding"), BROWSER_FAULTS)
def test_a_fault_in_the_browser_is_found(opened: Browser, old: str, new: str, finding: str) -> None:
    found = seen_in(opened, broken(old, new))
    assert any(finding in sentence for sentence in found), found


@pytest.mark.parametrize("colour", ["#666", "#777", "#eee"])
def test_a_fault_at_one_width_and_in_one_scheme_is_found(opened: Browser, colour: str) -> None:
    """Too pale for AAA, for AA, and by far."""
    when = "@media (min-width: 700px) and (prefers-color-scheme: dark)"
    html = broken(
        "<main>", f"<style>{when} {{ h1, p {{ color: {colour} !important }} }}</style><main>"
    )
    schemes: tuple[Scheme, ...] = ("light", "dark")
    contrast = {}
    for scheme in schemes:
        with opened.new_page(color_scheme=scheme) as page:
            bring_axe(page)
            page.set_content(html)
            found = check_page(page, widths=(360, 768), colours=True)
        contrast[scheme] = [one for one in found if "color-contrast" in one]
    assert contrast["light"] == []
    assert contrast["dark"]
    assert all(one.startswith("at 768 px: ") for one in contrast["dark"])


def test_a_request_to_another_address_is_found(opened: Browser) -> None:
    html = broken("/site.css", "http://127.0.0.1:9/site.css")
    assert any("outside" in sentence for sentence in seen_in(opened, html))
