"""What the worker does with mistakes on the site that everybody at the desk is barred from: they
go to discipline inspection, and where nobody may read them there either, they become cases, which
can be carried to a body without an account. Nothing may get lost."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from admin.accounts.access import mistakes_visible
from admin.enquiries.unread import unread
from intake.cases.event import record
from intake.cases.mistake_bar import MistakeBar
from intake.cases.site_mistake import SiteMistake
from intake.chain import chain_of
from intake.mistakes.as_case import register_as_case
from intake.mistakes.mistake_texts import give_to
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation.database import Database

_BARS_SOMEBODY = select(MistakeBar.id).where(MistakeBar.mistake_id == SiteMistake.id).exists()
# Only what bars somebody can be barred from all; what bars nobody waits for whoever comes.
_WAITS = and_(SiteMistake.outcome.is_(None), _BARS_SOMEBODY)


def hand_on_mistakes(database: Database) -> int:
    """Hand on what nobody who answers may read, each in one transaction; returns how many."""
    with database.reading() as session:
        left = unread(
            session,
            SiteMistake,
            _WAITS,
            visible=mistakes_visible,
            answers=lambda access: access.answers,
        )
    for mistake_id in left:
        with database.writing() as session:
            wanted = select(SiteMistake).where(SiteMistake.id == mistake_id, _WAITS)
            mistake = session.scalars(wanted.with_for_update()).first()
            if mistake is not None:
                _hand_on(session, mistake, book(session))
    return len(left)


def _hand_on(session: Session, mistake: SiteMistake, known: Book) -> None:
    chain = chain_of(known)
    barred = select(MistakeBar.id).where(
        MistakeBar.mistake_id == mistake.id, MistakeBar.unit_code == chain.discipline
    )
    if mistake.unit_code == chain.office and session.scalars(barred).first() is None:
        unit = chain.discipline
        give_to(session, mistake, unit)
        record(session, "mistake_handed_on", mistake=mistake.number, unit=unit)
    else:
        # Whoever bars all who could read him accuses somebody: rather a tip-off than anything less.
        register_as_case(session, mistake, Kind.TIP_OFF, by=None)
