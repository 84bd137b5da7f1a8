"""Who answers mistakes on the site: the office's publishing desk, and discipline inspection those
whose words accuse the office, or all who sit at its desk."""

from __future__ import annotations

from dataclasses import dataclass

from admin.accounts.access import Access
from admin.publishing.desk import NotAtThisDesk
from intake.cases.site_mistake import SiteMistake
from portal.campaign.book import Book
from portal.foundation.staff import PUBLISHING_ROLES, Role, Staff

ANSWERING_ROLES = (*PUBLISHING_ROLES, Role.DISCIPLINE)
REGISTERING_ROLES = (Role.OFFICE, Role.OFFICE_HEAD, Role.DISCIPLINE)


@dataclass(frozen=True)
class Answerer:
    """Somebody who answers; what he may see, his access says."""

    access: Access
    book: Book

    @classmethod
    def of(cls, staff: Staff, book: Book, *, unlocked: bool = False) -> Answerer:
        """The answerer behind a member of staff; `unlocked`: he has the sealed class open here.

        Raises:
            NotAtThisDesk: the roles he holds are in other units, or others.
        """
        access = Access.of(staff, book, unlocked=unlocked)
        if not access.answers:
            raise NotAtThisDesk(staff.name)
        return cls(access, book)

    @property
    def staff_id(self) -> int:
        """Whoever it is."""
        return self.access.staff_id

    @property
    def publishes(self) -> bool:
        """Whether this is somebody of the publishing desk, to whom its other rooms are open."""
        return self.access.office_code in self.access.answers

    def may_register(self, mistake: SiteMistake) -> bool:
        """Whether he has to do with cases of the body that answers this: a mere publisher
        hasn't."""
        return self.access.decides(mistake.unit_code)

    def may_give_back(self, mistake: SiteMistake) -> bool:
        """Whether he has it in the office's stead, and may say that nobody is accused in it."""
        elsewhere = mistake.unit_code != self.access.office_code
        return elsewhere and mistake.outcome is None and self.may_register(mistake)

    def may_correct(self, mistake: SiteMistake) -> bool:
        """Whether its answer is his to correct: he gave it, or heads the body that did."""
        gave = self.staff_id in {mistake.answered_by, mistake.corrected_by}
        return mistake.sealed_answer is not None and (
            gave or mistake.unit_code in self.access.heads
        )
