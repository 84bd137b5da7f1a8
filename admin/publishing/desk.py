"""Who works at the publishing desk (公示), and what an act there may refuse."""

from __future__ import annotations

from dataclasses import dataclass

from portal.campaign.book import Book
from portal.foundation.staff import PUBLISHING_ROLES as PUBLISHING_ROLES
from portal.foundation.staff import Role, Staff


class NotAtThisDesk(Exception):
    """This person publishes nothing: he holds no such role in the office."""


class SomebodyWasFaster(Exception):
    """The draft or its problem changed since the page was opened."""


class AlreadyDrafted(Exception):
    """There is a draft of this problem that isn't released yet."""


class NotADraft(Exception):
    """The draft was released already, or was sent back and has to be mended first."""


class NeedsText(Exception):
    """A text is needed, and none was given."""


class NeedsSecondReader(Exception):
    """Who wrote a draft, or answered what was found in it, can't also release it."""


class LeaksOpen(Exception):
    """The leak check found something that is neither mended nor answered in writing."""


@dataclass(frozen=True)
class Publisher:
    """Somebody at the publishing desk. Who isn't of the office proper is told of no case."""

    staff_id: int
    office: str
    keeps_ledger: bool
    book: Book

    @classmethod
    def of(cls, staff: Staff, book: Book) -> Publisher:
        """The publisher behind a member of staff.

        Raises:
            NotAtThisDesk: the roles he holds are in other units, or others.
        """
        office = book.campaign.office_code
        if office not in staff.units_as(*PUBLISHING_ROLES):
            raise NotAtThisDesk(staff.name)
        keeps_ledger = office in staff.units_as(Role.OFFICE, Role.OFFICE_HEAD)
        return cls(staff.id, office, keeps_ledger, book)
