"""The blueprint that the desk's pages of notices hang on, and how what they show is found."""

from __future__ import annotations

from flask import Response, abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.notices.notice_draft import NoticeDraft
from admin.publishing.desk import NotAtThisDesk, Publisher
from portal.campaign.book import book
from portal.foundation.errors import error_page
from portal.published.notice import Notice

blueprint = room("notices", __name__)

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


def publisher(session: Session) -> Publisher:
    """Whoever is signed in, as somebody at this desk."""
    return Publisher.of(signed_in(), book(session))


def the_draft(session: Session, draft_id: int, *, to_change: bool = False) -> NoticeDraft:
    """The draft of that number; `to_change` holds the row, so that the later of two waits."""
    wanted = select(NoticeDraft).where(NoticeDraft.id == draft_id)
    draft = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    return draft or abort(404)


def the_notice(session: Session, slug: str) -> Notice:
    """The notice of that address, withdrawn or not."""
    return session.get(Notice, slug.replace("\0", " ")) or abort(404)


@blueprint.errorhandler(NotAtThisDesk)
def not_there(_error: NotAtThisDesk) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
