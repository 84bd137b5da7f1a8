"""Writing down where else something that is published stands, and when it came there."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from admin.appearances.published_items import title_of
from admin.publishing.desk import LeaksOpen, NeedsText, Publisher
from admin.publishing.inside import says_too_much
from intake.cases.event import record
from portal.campaign.revision import new_revision
from portal.foundation import clock
from portal.published.appearance import Appearance


class NotPublished(Exception):
    """Nothing that is published stands under this address."""


class NoLink(Exception):
    """What was given as an address elsewhere is none that people could open."""


class NotYet(Exception):
    """The day lies ahead."""


def record_appearance(
    session: Session, *, by: Publisher, path: str, outlet: str, link: str, on: date
) -> Appearance:
    """Write down that the page under a path of this site stands in an outlet from a Shanghai day
    on. The page says so at once.

    Raises:
        NotPublished, NeedsText, NoLink, NotYet: see there.
        LeaksOpen: the outlet's name says too much.
    """
    if title_of(session, path, by.book) is None:
        raise NotPublished(path)
    if not outlet.strip():
        raise NeedsText
    if says_too_much(outlet, by.book):
        raise LeaksOpen
    if link and not _can_be_opened(link):
        raise NoLink(link)
    if on > clock.today():
        raise NotYet
    entry = Appearance(
        path=path,
        outlet=outlet.strip(),
        link=link,
        appeared_on=on,
        recorded_by=by.staff_id,
    )
    session.add(entry)
    session.flush()
    record(session, "appearance_recorded", by=by.staff_id, appearance=entry.id)
    new_revision(session)
    return entry


def _can_be_opened(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def remove(session: Session, entry: Appearance, *, by: Publisher) -> None:
    """Take a wrong entry away; that there was one stays among the events."""
    record(session, "appearance_removed", by=by.staff_id, appearance=entry.id)
    session.delete(entry)
    session.flush()
    new_revision(session)
