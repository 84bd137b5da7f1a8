"""The texts and mails as whoever runs the system sees them: how many are how far, and which didn't
arrive."""

from __future__ import annotations

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.outbox.choosing import sends_mails, sends_texts
from admin.outbox.lost import MOST_COUNTED, MOST_LISTED, counts, lost_texts
from admin.outbox.pages.blueprint import blueprint
from intake.outbox.standing_still import stands_still
from intake.rules.sending import Medium
from portal.foundation.database import reading
from portal.foundation.settings import Settings
from portal.foundation.staff import Role

_DONE = {"again": "已经排队，马上再发一次。", "let-go": "这条不再发了。"}


@blueprint.get("/system/texts")
@staff_only(Role.SYSTEM_ADMIN)
def texts() -> ResponseReturnValue:
    """Counts by medium and state, and the messages that didn't arrive; no number, no case."""
    settings: Settings = current_app.extensions["settings"]
    with reading() as session:
        return render_template(
            "admin/outbox/texts.html",
            sends=sends_texts(settings),
            sends_mails=sends_mails(settings),
            stands_still=stands_still(session),
            settings=settings,
            rows=_rows(session, Medium.TEXT),
            mail_rows=_rows(session, Medium.MAIL),
            lost=lost_texts(session),
            most=MOST_LISTED,
            done=_DONE.get(request.args.get("done", ""), ""),
        )


def _rows(session: Session, medium: Medium) -> list[tuple[str, str]]:
    found = counts(session, medium)
    return [(state.official, _figure(number)) for state, number in found.items() if number]


def _figure(count: int) -> str:
    return f"{count}以上" if count >= MOST_COUNTED else str(count)
