"""What the worker does with mistakes on the site that everybody at the desk is barred from: they
go to discipline inspection, and where nobody may read them there either, they become cases, which
can be carried to a body without an account. Nothing may get lost.

What belongs to the sealed class (密件) goes to it: it came before the class was founded, or before
the class took mistakes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, false, select
from sqlalchemy.orm import Session

from admin.accounts.mistake_access import mistakes_visible
from admin.enquiries.unread import unread
from intake.at_work import at_work
from intake.cases.event import record
from intake.cases.mistake_bar import MistakeBar
from intake.cases.site_mistake import SiteMistake
from intake.chain import chain_of
from intake.mistakes.as_case import register_as_case
from intake.mistakes.mistake_texts import give_to, give_to_class
from intake.sealing_off import belongs_to_class, sealed_to
from intake.vault.class_key import is_founded
from intake.vault.fresh_box import held_by_units
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation.database import Database

_BARS_SOMEBODY = select(MistakeBar.id).where(MistakeBar.mistake_id == SiteMistake.id).exists()
# Only what bars somebody can be barred from all; what bars nobody waits for whoever comes. What is
# sealed the worker can't open: it waits for a reader of the class.
_WAITS = and_(SiteMistake.outcome.is_(None), ~SiteMistake.sealed, _BARS_SOMEBODY)


def hand_on_mistakes(database: Database) -> int:
    """Hand on what nobody who answers may read, each in one transaction; returns how many. What
    belongs to the sealed class goes to it first."""
    sealed = _seal_off(database)
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
    return sealed + len(left)


def _seal_off(database: Database) -> int:
    with database.reading() as session:
        due = list(_due_to_class(session, book(session)))
    for mistake_id in due:
        with database.writing() as session:
            known = book(session)
            held = select(SiteMistake).where(SiteMistake.id == mistake_id, _is_held())
            mistake = session.scalars(held.with_for_update()).first()
            if mistake is not None:
                _give_to_class(session, mistake, known)
    return len(due)


def _due_to_class(session: Session, known: Book) -> Iterator[int]:
    """What units hold and the class should: once it is founded, what is marked; and what its bars
    ask to be marked, as a case's do."""
    marked = SiteMistake.sealed if is_founded(session) else false()
    yield from session.scalars(select(SiteMistake.id).where(_is_held(), marked))
    barring = select(MistakeBar).join(SiteMistake, SiteMistake.id == MistakeBar.mistake_id)
    bars = defaultdict[int, list[MistakeBar]](list)
    for bar in session.scalars(barring.where(_is_held(), ~SiteMistake.sealed)):
        bars[bar.mistake_id].append(bar)
    staff = at_work(session) if bars else None
    for mistake_id, those in bars.items():
        units = frozenset(one.unit_code for one in those if one.unit_code)
        people = frozenset(one.staff_id for one in those if one.staff_id)
        if staff and belongs_to_class(units, people, known, staff):
            yield mistake_id


def _is_held() -> ColumnElement[bool]:
    return held_by_units("mistake:" + SiteMistake.number).correlate(SiteMistake).exists()


def _give_to_class(session: Session, mistake: SiteMistake, known: Book) -> None:
    unit = chain_of(known).discipline
    moved = mistake.unit_code != unit
    give_to_class(session, mistake, unit, sealed_to(session, known))
    if moved:
        record(session, "mistake_handed_on", mistake=mistake.number, unit=unit)


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
