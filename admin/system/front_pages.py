"""The pages that the proxy in front shows by itself: written as files, since the product may be
away when they are needed."""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.campaign.book import NoCampaign, book

# By the files' names in deploy/nginx/snippets/own-answers.conf: what happened, and what to do.
_PAGES = {
    "wrong.html": (
        "这一页没看懂您的请求",
        "地址或内容不完整，或者网络断了一下。",
        "请从首页再走一次。",
    ),
    "too-large.html": (
        "内容太大了，没收下",
        "文件每个最大20兆，一次一共50兆。",
        "请回到上一页，分成两次发，再按“提交”。",
    ),
    "busy.html": (
        "现在暂时用不了",
        "系统正在维护，或者一时太忙。",
        "请过几分钟再试。着急就打热线。",
    ),
}


def write_front_pages(session: Session, folder: Path) -> list[Path]:
    """Write them into a folder that the proxy reads, each whole; returns what was written. They
    name no number while there is no campaign to ask, as before the very first start.

    Raises:
        OSError: they can't be written there.
    """
    try:
        campaign = book(session).campaign
    except (NoCampaign, DBAPIError):
        # A database that doesn't answer is just when these pages are needed.
        campaign = None
    # Rendered for nobody: what pages else know of their request isn't there.
    template = current_app.jinja_env.get_template("errors/front.html")
    written = []
    for name, (heading, happened, next_step) in _PAGES.items():
        page = template.render(
            heading=heading, happened=happened, next_step=next_step, campaign=campaign
        )
        written.append(_put(folder / name, page))
    return written


def _put(file: Path, page: str) -> Path:
    beside = file.with_suffix(".new")
    beside.write_text(page + "\n", encoding="utf-8")
    # The proxy runs as another user, and everybody may read it.
    beside.chmod(0o644)
    return beside.replace(file)
