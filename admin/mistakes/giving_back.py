"""Giving a mistake on the site to the office after all: its words were read as accusing somebody,
and are about a web page."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.mistakes.answerer import Answerer
from admin.mistakes.answering import check_waits
from admin.publishing.desk import NotAtThisDesk
from intake.cases.event import record
from intake.cases.mistake_bar import MistakeBar
from intake.cases.site_mistake import SiteMistake
from intake.mistakes.mistake_texts import give_to


def give_back(session: Session, mistake: SiteMistake, *, by: Answerer, version: int) -> None:
    """Say that the words accuse nobody: nobody is barred any more, and the office answers.

    Raises:
        AlreadyAnswered, SomebodyWasFaster: see there.
        NotAtThisDesk: this person isn't of the body that has it in the office's stead.
    """
    if not by.may_give_back(mistake):
        raise NotAtThisDesk(by.staff_id)
    check_waits(mistake, version)
    bars = session.scalars(select(MistakeBar).where(MistakeBar.mistake_id == mistake.id)).all()
    units = sorted(one.unit_code for one in bars if one.unit_code)
    people = sorted(one.staff_id for one in bars if one.staff_id)
    for one in bars:
        session.delete(one)
    give_to(session, mistake, by.access.office_code, leaves_class=mistake.sealed)
    record(
        session,
        "mistake_unbarred",
        by=by.staff_id,
        mistake=mistake.number,
        units=units,
        staff=people,
    )
    session.flush()
