"""What the head of the office is told of accounts until he has read it: posts and one-time links
that the command line gave, since whoever has the machine can give himself anything; and that
somebody ended everybody's sign-ins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.sign_everybody_out import Why
from intake.cases.event import IS_OF_STAFF, Event, record
from portal.campaign.campaign import Campaign
from portal.foundation.staff import Staff

_GIVING = ("staff_added", "link_made")


@dataclass(frozen=True)
class Given:
    """One of them: to whom, which post; a link has none."""

    seq: int
    at: datetime
    name: str
    unit_code: str
    role: str


def given_since(session: Session) -> list[Given]:
    """What was given since the head of the office last read it, the latest first. In a sample
    campaign sample people don't count."""
    wanted = (
        select(Event, Staff.display_name)
        .join(Staff, Staff.id == Event.facts["staff"].as_integer())
        .where(
            IS_OF_STAFF,
            Event.name.in_(_GIVING),
            Event.staff_id.is_(None),
            Event.seq > _read_up_to(session),
        )
        .order_by(Event.seq.desc())
        .limit(200)
    )
    if session.get_one(Campaign, 1).sample:
        wanted = wanted.where(Staff.sample.is_(False))
    return [
        Given(one.seq, one.happened_at, name, one.facts.get("unit", ""), one.facts.get("role", ""))
        for one, name in session.execute(wanted)
    ]


@dataclass(frozen=True)
class SignedOut:
    """Everybody's sign-ins were ended: by whom, and why. On the command line nobody is known."""

    seq: int
    at: datetime
    by: str
    why: Why


def signed_out_since(session: Session) -> list[SignedOut]:
    """When that was done since the head of the office last read it, the latest first."""
    wanted = (
        select(Event, Staff.display_name)
        .join(Staff, Staff.id == Event.staff_id, isouter=True)
        .where(IS_OF_STAFF, Event.name == "everybody_signed_out", Event.seq > _read_up_to(session))
        .order_by(Event.seq.desc())
        .limit(200)
    )
    return [
        SignedOut(one.seq, one.happened_at, name or "命令行", Why(one.facts["why"]))
        for one, name in session.execute(wanted)
    ]


def newest_told(session: Session) -> int:
    """The latest event of which the head is told now; 0 where there is none."""
    given = [one.seq for one in given_since(session)]
    ended = [one.seq for one in signed_out_since(session)]
    return max(given + ended, default=0)


def has_read(session: Session, *, by: int, up_to: int) -> None:
    """Note that the head of the office read what he was told, up to an event."""
    if up_to > _read_up_to(session):
        record(session, "command_posts_seen", by=by, upto=up_to)


def _read_up_to(session: Session) -> int:
    last = (
        select(Event.facts)
        .where(IS_OF_STAFF, Event.name == "command_posts_seen")
        .order_by(Event.seq.desc())
        .limit(1)
    )
    facts = session.scalar(last)
    return int(facts["upto"]) if facts else 0
