"""What staff publish comes out as harmless HTML, whatever went in."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.foundation.text import LONGEST, TextTooLong, published_html

TAGS = frozenset(
    {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"}
    | {"caption", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
PIECES = [
    *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<style>"),
    *("<a href='javascript:alert(1)'>", "</a>", "<!--", "-->", "<![CDATA[", "<math><mi//", "<p "),
    *("[x](javascript:alert(1))", "[x](JaVaScRiPt&#58;alert(1))", "[x](data:text/html,<b>)"),
    *("![x](http://a/b)", "[x](//a/b)", "[x](/hotlines 'a\"b')", "<http://a/b>", "`", "```\n"),
    *(
        "\n\n",
        "\n",
        "# ",
        "|a|b|\n|:-|-:|\n|1|2|\n",
        "> ",
        "- ",
        "1. ",
        "**",
        "\\",
        "&#x3c;",
        "&lt;",
    ),
    *('" onclick="alert(1)', "style='color:red'", "补贴", "\t", "\x00", "\u202e", "﷐"),
]


class Seen(HTMLParser):
    """The tags and attributes that a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def test_headings_begin_one_level_down() -> None:
    assert (
        published_html("# 一\n\n## 二\n\n###### 六\n") == "<h2>一</h2>\n<h3>二</h3>\n<h6>六</h6>\n"
    )


def test_tables_and_lists_stay_and_styles_go() -> None:
    html = published_html("|项目|金额|\n|:-|-:|\n|低保|1|\n\n3. 三\n4. 四\n")
    assert re.search(r"<th [^>]*>金额</th>", html)
    assert '<ol start="3">' in html


def test_links_stay_and_pictures_go() -> None:
    html = published_html(
        "[热线](/hotlines) [外](https://example.org/a?b=1&c=2) ![图](https://a/b)"
    )
    assert '<a href="/hotlines">热线</a>' in html
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html
    assert "<img" not in html


def test_markup_is_shown_and_not_obeyed() -> None:
    assert published_html("<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"


def test_a_line_break_of_the_plan_stays() -> None:
    assert published_html("财政局\\\n民政局") == "<p>财政局<br>\n民政局</p>\n"


def test_a_text_beyond_all_measure_is_refused() -> None:
    with pytest.raises(TextTooLong, match=str(LONGEST + 1)):
        published_html("一" * (LONGEST + 1))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map("".join))
def test_nothing_harmful_comes_out(markdown: str) -> None:
    seen = Seen(published_html(markdown))

    assert seen.tags <= TAGS
    for tag, name, value in seen.attributes:
        ours = {("caption", "class", "hidden"), ("th", "scope", "col")}
        ours |= {("td", "class", "number"), ("th", "class", "number")}
        theirs = {("a", "href"), ("a", "title"), ("ol", "start")}
        assert (tag, name, value) in ours or (tag, name) in theirs
        if name == "href":
            scheme = value.split(":")[0].lower() if ":" in value.split("/")[0] else "relative"
            assert scheme in {"http", "https", "mailto", "tel", "relative"}


def test_a_table_is_named_by_its_heading_and_figures_are_set_apart() -> None:
    shown = published_html(
        "# 标准 <b>\n\n| 年龄 | 元 |\n|---|---:|\n| 80 | 100 |\n\n# 别的\n\n|甲|\n|-|\n|乙|"
    )
    assert '<caption class="hidden">标准 &lt;b&gt;</caption>' in shown
    assert '<caption class="hidden">别的</caption>' in shown
    assert '<th scope="col" class="number">元</th>' in shown or (
        '<th class="number" scope="col">元</th>' in shown
    )
    assert '<td class="number">100</td>' in shown
    assert '<caption class="hidden">表格</caption>' in published_html("|甲|\n|-|\n|乙|")
