"""What becomes of a copy elsewhere after its page was taken down here (撤下): it is taken down
there too, or stays there for one of a few reasons."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from admin.appearances.recording import NotYet
from admin.publishing.desk import Publisher
from intake.cases.event import record
from portal.foundation import clock
from portal.published.appearance import Appearance, StaysBecause


class StillStands(Exception):
    """What was copied stands here: nothing is to be taken down elsewhere."""


class EndedAlready(Exception):
    """Somebody has said before what became of it."""


class BeforeItStood(Exception):
    """The day lies before the one on which it appeared there."""


def end(
    session: Session, entry: Appearance, *, by: Publisher, on: date, stays: StaysBecause | None
) -> None:
    """Write down that a copy was taken down where it stood, on a Shanghai day; or why it `stays`,
    as was found on that day. `entry` is held by whoever calls.

    Raises:
        StillStands, EndedAlready, BeforeItStood: see there.
        NotYet: the day lies ahead.
    """
    if entry.gone_on is None:
        raise StillStands
    if entry.ended_on is not None:
        raise EndedAlready
    if on > clock.today():
        raise NotYet
    if on < entry.appeared_on:
        raise BeforeItStood
    entry.ended_on, entry.ended_by, entry.stays = on, by.staff_id, stays
    how = stays.value if stays else "taken_down"
    record(session, "appearance_ended", by=by.staff_id, appearance=entry.id, how=how)
    session.flush()
