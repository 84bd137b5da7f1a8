"""What the holder of a code reads of the mistake that he pointed out: how far it is, the answer,
his own words."""

from __future__ import annotations

from flask import Response, make_response, render_template
from sqlalchemy.orm import Session

from intake.asking.due_date import DueDate
from intake.mistakes.own_mistake import look_up_mistake
from portal.foundation.clock import day_of


def mistake_page(session: Session, typed: str) -> Response:
    """The page of the mistake whose code was typed.

    Raises:
        UnknownCode: there is none.
    """
    found = look_up_mistake(session, typed)
    mistake = found.mistake
    page = render_template(
        "intake/mistake.html",
        mistake=mistake,
        texts=found.texts,
        reported_on=day_of(mistake.reported_at),
        answered_on=day_of(mistake.answered_at) if mistake.answered_at else None,
        corrected_on=day_of(mistake.corrected_at) if mistake.corrected_at else None,
        due=DueDate.of(found.clock) if found.clock else None,
    )
    return make_response(page)
