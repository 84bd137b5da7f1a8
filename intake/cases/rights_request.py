"""A request of somebody about his own information (个人信息权利请求, 个人信息保护法 50). It is no
case: no unit is responsible for a subsidy in it. Nor is it an application for government
information, which is a `disclosure_request`."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.rules.retention import What
from intake.rules.rights import Asker, Ground, Proof, Right, RightsOutcome
from portal.foundation.database import Base, UtcMoment, choice


class Door(StrEnum):
    """By which door it came."""

    OWN_PAGE = "own_page"
    WEB = "web"
    DESK = "desk"

    @property
    def official(self) -> str:
        """The word at the desk."""
        return {Door.OWN_PAGE: "查进度页", Door.WEB: "网上", Door.DESK: "窗口、信件或者电话"}[self]


class RightsRequest(Base):
    """One request. Words, the way to reach whoever asks, and the answer lie in a box of their own,
    which the unit that answers holds and whoever has the query code.

    `unit_code` is who answers: the office, or the body in its stead. `case_id` is the case whose
    code was shown; `code_digest` tells the same form sent again, and is of a code of its own where
    there is no case. `public_key` is what the answer is sealed to; nobody's of what a desk wrote
    down. `sealed`: it belongs to the sealed class. `received_on` is the Shanghai day from which its
    date is counted.

    A decision that refuses something is `proposed` by one person, and stands once another has
    `decided` it; nobody but the desk reads it before. Without `decided_at` it waits. What the
    worker carried on as a case nobody decided. `deletes` is what of the case is destroyed where a
    deletion is granted; what was granted before there was a choice has none, and destroys nothing.
    `destroyed_on` is the Shanghai day on which what was typed here was. `reminded_at` and
    `overdue_at` are the worker's. `version` grows with every write. No row is ever taken away.
    """

    __tablename__ = "rights_request"
    __table_args__ = (
        CheckConstraint("decided_at IS NULL OR outcome IS NOT NULL", name="decided_somehow"),
        CheckConstraint(
            "outcome NOT IN ('partly', 'refused') OR ground IS NOT NULL",
            name="refused_for_a_ground",
        ),
        CheckConstraint(
            "outcome NOT IN ('partly', 'refused') OR decided_by IS NULL"
            " OR decided_by <> proposed_by",
            name="refused_by_two",
        ),
        CheckConstraint("(proved IS NULL) = (proved_at IS NULL)", name="proved_once"),
        # The list reads what waits, the oldest first, and what was decided, the newest first.
        Index("ix_rights_request_decided_at_received_on", "decided_at", "received_on"),
        Index("ix_rights_request_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    sealed: Mapped[bool]
    asked_for: Mapped[Right] = mapped_column(choice(Right))
    asker: Mapped[Asker] = mapped_column(choice(Asker))
    door: Mapped[Door] = mapped_column(choice(Door))
    asked_at: Mapped[datetime] = mapped_column(UtcMoment)
    received_on: Mapped[date]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    sealed_words: Mapped[bytes] = mapped_column(LargeBinary)
    # None where nobody said how he can be reached.
    sealed_contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    proved: Mapped[Proof | None] = mapped_column(choice(Proof))
    proved_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    proved_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    outcome: Mapped[RightsOutcome | None] = mapped_column(choice(RightsOutcome))
    ground: Mapped[Ground | None] = mapped_column(choice(Ground))
    deletes: Mapped[What | None] = mapped_column(choice(What))
    sealed_answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    proposed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    overdue_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    destroyed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def label(self) -> str:
        """What ties its compartment to it."""
        return f"rights:{self.number}"

    @property
    def is_destroyed(self) -> bool:
        """Whether what was typed is gone: its time was over, or it went with the case."""
        return not self.sealed_words

    @property
    def asks_to_delete_a_case(self) -> bool:
        """Whether granting it destroys something of a case."""
        return self.asked_for is Right.DELETION and self.case_id is not None

    @property
    def is_proposed(self) -> bool:
        """Whether a refusal of it waits for the second person."""
        return self.decided_at is None and self.proposed_at is not None

    def propose(
        self, outcome: RightsOutcome, ground: Ground | None, *, by: int, at: datetime
    ) -> None:
        """One person has said how it ends."""
        self.outcome, self.ground = outcome, ground
        self.proposed_by, self.proposed_at = by, at
        self.version += 1

    def take_back(self) -> None:
        """What was proposed doesn't stand."""
        self.outcome = self.ground = self.deletes = self.sealed_answer = None
        self.proposed_by = self.proposed_at = None
        self.version += 1

    def end(self, outcome: RightsOutcome, *, by: int | None, at: datetime) -> None:
        """It waits no more. `by` is None where the worker did it."""
        self.outcome, self.decided_by, self.decided_at = outcome, by, at
        self.version += 1
