"""Which mistakes on the site a person may see: the sibling of `access.visible`. What it leaves out
answers exactly as what doesn't exist."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select

from admin.accounts.access import Access
from intake.cases.event import Event
from intake.cases.mistake_bar import MistakeBar
from intake.cases.site_mistake import SiteMistake


def mistakes_visible(access: Access) -> ColumnElement[bool]:
    """The condition under which a mistake on the site exists for this person: one of his bodies
    answers it, and its words accuse neither him nor a unit that he serves. One of the sealed class
    exists for nobody who hasn't unlocked that."""
    open_to_him = [] if access.reads_sealed else [~SiteMistake.sealed]
    return and_(
        SiteMistake.unit_code.in_(access.answers),
        ~_bars(access.units, access.staff_id),
        *open_to_him,
    )


def of_no_barring_mistake(units: frozenset[str], staff_id: int) -> ColumnElement[bool]:
    """The condition under which an event isn't of a mistake on the site that accuses a person or
    one of his units, nor of one of the sealed class."""
    barring = (
        select(SiteMistake.id)
        .where(
            SiteMistake.number == Event.facts["mistake"].as_string(),
            or_(_bars(units, staff_id), SiteMistake.sealed),
        )
        .correlate(Event)
    )
    return or_(~Event.name.startswith("mistake_", autoescape=True), ~barring.exists())


def _bars(units: frozenset[str], staff_id: int) -> ColumnElement[bool]:
    own = select(MistakeBar.id).where(
        MistakeBar.mistake_id == SiteMistake.id,
        or_(MistakeBar.unit_code.in_(units), MistakeBar.staff_id == staff_id),
    )
    return own.correlate(SiteMistake).exists()
