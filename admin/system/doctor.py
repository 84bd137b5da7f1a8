"""What a deployment still lacks, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.alarm_roles import hears_alarms
from admin.hand_over.hearing import unheard
from admin.outbox.choosing import sends_texts
from admin.outbox.lost import lost_texts
from intake.outbox.standing_still import stands_still
from intake.rules.recusal import barred_units
from intake.vault.unit_key import UntrustedKey, public_keys
from intake.vault.vault import vault_of
from portal.campaign.book import Book, NoCampaign, book
from portal.foundation import clock
from portal.foundation.settings import Settings
from portal.foundation.staff import Role, Staff

# One takes the file, another its passphrase.
_CARRIERS = 2


def findings(session: Session, settings: Settings) -> list[str]:
    """One sentence for each thing that should be mended before citizens are let in."""
    return [
        *_keys(session),
        *_campaign(session, settings),
        *_staff(session),
        *_hand_over(session),
        *_texts(session, settings),
    ]


def stranded(session: Session) -> list[str]:
    """A sentence where cases wait that accuse everybody who could carry them away. It is for the
    machine's operator alone: on a page it would tell the accused of them."""
    try:
        found = book(session)
    except NoCampaign:
        return []
    lost, superior = unheard(session, found), found.unit_name(found.campaign.superior_code)
    if not lost:
        return []
    sentence = (
        f"Cases that wait to be carried and accuse everybody who could carry them: {lost}. Ask "
        f"{superior} to send two people, and give them accounts with one of the roles "
        f"{', '.join(found.campaign.alarm_roles)}."
    )
    return [sentence]


def _keys(session: Session) -> Iterator[str]:
    if vault_of(session).pins.recovery is None:
        yield "There is no recovery key: run `flask --app wsgi keys recovery` in a terminal."


def _campaign(session: Session, settings: Settings) -> Iterator[str]:
    try:
        found = book(session)
    except NoCampaign:
        yield "No campaign is loaded: run `flask --app wsgi campaign load campaigns/NAME`."
        return
    if not settings.demo and found.campaign.sample:
        yield "The telephone numbers are samples: put the real ones into the campaign's files."
    if not found.calendar.is_known(clock.today()):
        yield "This year's working days aren't loaded: run `flask --app wsgi calendar load FILE`."
    try:
        public_keys(session, frozenset(found.units))
    except UntrustedKey as untrusted:
        yield f"The public key of {untrusted} isn't signed by the pinned key: somebody swapped it."


def _staff(session: Session) -> Iterator[str]:
    found = session.scalars(select(Staff).where(Staff.active)).all()
    for role in (Role.OFFICE, Role.OFFICE_HEAD, Role.DISCIPLINE, Role.PUBLISHER):
        if not any(person.holds(role) for person in found):
            how = f"flask --app wsgi staff add NAME --unit CODE --role {role}"
            yield f"Nobody holds the role {role}: run `{how}`."


def _hand_over(session: Session) -> Iterator[str]:
    """Whether a case can still be carried away that accuses all who direct the handling."""
    try:
        found = book(session)
    except NoCampaign:
        return
    campaign = found.campaign
    directing = barred_units(_heads_of(found), found.below)
    staff = session.scalars(select(Staff).where(Staff.active)).all()
    free = [x for x in staff if hears_alarms(x, found) and not x.unit_codes & directing]
    if len(free) < _CARRIERS:
        yield (
            f"{len(free)} of the two people are there who would have to carry a case that accuses "
            "the office and discipline inspection: give two more, of other units, one of the roles "
            f"{', '.join(campaign.alarm_roles)}."
        )


def _texts(session: Session, settings: Settings) -> Iterator[str]:
    if not vault_of(session).knows_worker:
        yield "The worker's public key isn't pinned: run `flask --app wsgi init`."
    if not sends_texts(settings):
        yield "No notices are sent by text: set SMS_GATEWAY_URL or the TWILIO_ settings."
    with suppress(NoCampaign):
        if stands_still(session):
            yield "Texts have waited for more than an hour: see whether `flask worker` runs."
        if lost_texts(session):
            yield "Texts didn't arrive: the system's page lists them."


def _heads_of(found: Book) -> frozenset[str]:
    """Discipline inspection, and the topmost body that holds the office and nobody else's unit."""
    office = found.office
    return frozenset({found.campaign.discipline_code, office.parent_code or office.code})
