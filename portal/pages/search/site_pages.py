"""The site's own pages: how the line is used, what protects a reporter, the texts to read out, and
where the lists and forms are.

A page of words is found by what it says itself: it is rendered once for each revision, and its text
kept. A list or a form is found by its heading and by what people call it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portal.campaign.book import Book
from portal.foundation.cached_pages import kept_with_pages
from portal.foundation.links import Links
from portal.pages.guides import accessibility_of, help_of, personal_information_of, safety_of
from portal.pages.hotlines import hotlines_of
from portal.pages.open_data import data_of
from portal.pages.publicity import publicity_of
from portal.pages.search.finding import Finding, Group, shown
from portal.pages.search.quoting import text_of
from portal.pages.search.sought import Sought

_KEPT = "portal_search_pages"
# By the method of `Links` that tells where it stands.
_WORDS: Mapping[str, Callable[[Book], str]] = {
    "help": help_of,
    "safety": safety_of,
    "personal_information": personal_information_of,
    "hotlines": hotlines_of,
    "publicity": publicity_of,
    "open_data": data_of,
    "accessibility": accessibility_of,
}
_LISTS = (
    ("report", "我要反映", "在网上写：举报、投诉、咨询、信访、申请信息公开。没领到、被扣、问一问"),
    ("progress", "查进度", "凭查询码看办到哪一步，看答复，补充"),
    ("policies", "补贴政策", "政策清单：有哪些补贴，谁能领，怎么领"),
    ("responsibilities", "谁主管，谁负责", "每项补贴、每种问题归哪个单位管"),
    ("responsibility_table", "谁主管对照表", "每项补贴遇到每种问题，归哪个单位管"),
    ("distributions", "谁领了多少", "分配结果公示，发放名单，查自己"),
    ("results", "整改结果", "查出的问题，改到哪一步，销号没有"),
    ("notices", "通知公告", "工作方案、办事指南、典型案例、成果经验"),
    ("figures", "数字公开", "统计：每个月收到多少件，按时答复了多少"),
    ("public_draws", "重点抽查", "抽查：哪些单位抽中了，怎么抽的，自己重抽一遍"),
    ("mistakes", "网站有错", "本站哪里写错了，告诉我们"),
)


@dataclass(frozen=True)
class SitePage:
    """A page of words: where it stands, its heading, and all that it says."""

    link: str
    title: str
    text: str


def site_pages(sought: Sought) -> Group:
    """What fits: the lists and forms first, then the pages whose own words have it."""
    told = [_list(sought, *one) for one in _LISTS if sought.fits([one[1]], [one[2]])]
    pages = [one for one in kept_pages(sought.found) if sought.fits([one.title], [one.text])]
    return Group(
        "pages",
        "本站的页面",
        "页",
        [*told, *shown(pages, lambda one: _page(sought, one))],
        len(told) + len(pages),
        (sought.links.help(), "怎么用"),
    )


def kept_pages(found: Book) -> tuple[SitePage, ...]:
    """The pages of words as they read in this revision."""
    return kept_with_pages(
        (_KEPT, found.revision),
        lambda: tuple(_read(link, page(found)) for link, page in _WORDS.items()),
    )


def _read(link: str, html: str) -> SitePage:
    """What stands in a page's main part, without its heading."""
    main = html.partition("<main")[2].partition("</main>")[0]
    head, _, rest = main.partition("</h1>")
    return SitePage(link, text_of(head.partition("<h1>")[2]).strip(), text_of(rest))


def _list(sought: Sought, link: str, title: str, says: str) -> Finding:
    return Finding(title, _address(sought.links, link), line=says.partition("：")[0])


def _page(sought: Sought, page: SitePage) -> Finding:
    return Finding(page.title, _address(sought.links, page.link), said=sought.sentence(page.text))


def _address(links: Links, name: str) -> str:
    address: str = getattr(links, name)()
    return address
