"""The blueprint that the desk's pages of notices hang on, and how what they show is found."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.notices.notice_draft import NoticeDraft
from admin.publishing.pages.room import of_others, publishing_room, the_one
from portal.published.notice import Notice

blueprint = publishing_room("notices", __name__)

# What each text of a notice is called.
PARTS = {
    "title": "标题",
    "source": "来源",
    "summary": "简单说",
    "body": "正文",
    "finding_body": "谁查的",
    "document_number": "文书编号",
    "note": "改了什么",
    "files": "附件",
}


def the_draft(session: Session, draft_id: int, *, to_change: bool = False) -> NoticeDraft:
    """The draft of that number, unless it tells of a problem that is the reader's own."""
    wanted = select(NoticeDraft).where(
        NoticeDraft.id == draft_id,
        or_(
            NoticeDraft.problem_id.is_(None),
            NoticeDraft.problem_id.in_(select(Problem.id).where(of_others(session))),
        ),
    )
    return the_one(session, wanted, to_change=to_change)


def the_notice(session: Session, slug: str, *, to_change: bool = False) -> Notice:
    """The notice of that address, withdrawn or not."""
    wanted = select(Notice).where(Notice.slug == slug.replace("\0", " "))
    return the_one(session, wanted, to_change=to_change)
