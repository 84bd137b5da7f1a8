"""Reading a draft of a month's figures, exactly as the public will, and releasing it or sending it
back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.public_figures import draft_words, release
from admin.public_figures.figures_draft import FiguresDraft
from admin.public_figures.month_count import NotCountedYet
from admin.public_figures.pages.blueprint import blueprint, the_draft
from admin.public_figures.release import CountsChanged
from admin.publishing.desk import PUBLISHING_ROLES, LeaksOpen, NeedsSecondReader, Publisher
from admin.publishing.pages.comparing import Comparing
from admin.publishing.pages.draft_frame import DONE, WHY, DraftPages, framed, names_behind
from admin.publishing.pages.room import Answer, links, publisher
from admin.publishing.result_draft import DraftState
from portal.foundation.database import reading
from portal.foundation.formats import month_name
from portal.published.month_view import view_of


def _page(key: int, **shown: Any) -> str:
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, key)
        words = draft_words.unseal(session, draft, me.office)
        names = names_behind(session, {draft.prepared_by, draft.released_by or 0}, [])
        view = view_of(draft.month, draft.sheet, me.book)
    return render_template(
        "admin/public_figures/draft.html",
        draft=draft,
        note=words.note,
        because=words.sent_back_because,
        view=view,
        names=names,
        may_release=release.may_release(draft, me),
        is_over=draft.state is DraftState.RELEASED,
        **framed([], **shown),
    )


def _texts(session: Session, draft: FiguresDraft, by: Publisher) -> Mapping[str, str]:
    """The sentence that is published with the figures of a month that was withdrawn."""
    note = draft_words.unseal(session, draft, by.office).note
    return {"note": note} if note and draft.state is DraftState.DRAFTED else {}


def _refuse(*_found: object) -> None:
    """One sentence about figures needn't repeat anybody: it is mended, and no answer lets it
    stay."""
    raise LeaksOpen


_months = DraftPages(
    find=the_draft,
    page=_page,
    address=lambda key: links().public_figures(key),
    called=lambda _session, draft: f"{month_name(draft.month)}的数字",
    send_back=release.send_back,
    comparing=Comparing(desk="figures", texts=_texts, keep=_refuse),
    done=DONE | {"prepared": "数好了，等另一位同事核对、发布。"},
    why=WHY
    | {
        NeedsSecondReader: "这一稿是您数的，要由另一位同事核对、发布。",
        CountsChanged: (
            "数好以后，件有了变化，现在数出来不一样了。请重新数一遍，再由另一位同事发布。"
        ),
        NotCountedYet: "这个月的经过还没有数完，过一会儿再来。",
        LeaksOpen: "为什么再公布，那一句和内部材料的原话一样。请退回，换个说法再数。",
    },
    after="这个月要重新数，再由另一位同事核对。您写的，只有发布的同事能看到。",
)


@blueprint.get("/publishing/figures/<int:draft_id>")
@staff_only(*PUBLISHING_ROLES)
def draft(draft_id: int) -> str:
    """The draft."""
    return _months.read(draft_id)


@blueprint.post("/publishing/figures/<int:draft_id>/release")
@staff_only(*PUBLISHING_ROLES)
def release_month(draft_id: int) -> Answer:
    """Release it."""

    def act(session: Session, found: FiguresDraft, me: Publisher, version: int) -> None:
        release.release(session, found, by=me, version=version)

    try:
        return _months.release(draft_id, act)
    except LeaksOpen as refusal:
        return _months.page(draft_id, why=_months.said(refusal)), 409


@blueprint.get("/publishing/figures/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def ask_send_back(draft_id: int) -> str:
    """Ask what is wrong."""
    return _months.ask_send_back(draft_id)


@blueprint.post("/publishing/figures/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_month_back(draft_id: int) -> Answer:
    """Send it back, or give the form back with what was typed."""
    return _months.do_send_back(draft_id)
