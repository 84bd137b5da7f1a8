"""What is published on the site, by its path: what somebody may say of that it stands elsewhere."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.campaign.book import Book
from portal.published.notice import STANDING, Notice
from portal.published.result import Result

# The pages that are published as a whole.
_WHOLE = {
    "/results": "整改结果（整页）",
    "/policies": "补贴政策（整页）",
    "/responsibilities": "谁主管谁负责（整页）",
    "/hotlines": "热线电话（整页）",
}


def title_of(session: Session, path: str, book: Book) -> str | None:
    """What is published under a path of this site; None where nothing is."""
    if path in _WHOLE:
        return _WHOLE[path]
    room, _, key = path.removeprefix("/").partition("/")
    if room == "notices":
        return session.scalar(select(Notice.title).where(Notice.slug == key, STANDING))
    if room == "results":
        number = session.scalar(select(Result.number).where(Result.number == key))
        return number and f"整改结果{number}"
    if room == "policies" and key in book.policies:
        return book.policies[key].name
    return None


def offered(session: Session) -> list[tuple[str, str]]:
    """The paths and titles that are offered to choose from: whole pages, then the notices."""
    notices = session.execute(
        select(Notice.slug, Notice.title).where(STANDING).order_by(Notice.published_on.desc())
    ).all()
    return [*_WHOLE.items(), *((f"/notices/{slug}", title) for slug, title in notices)]
