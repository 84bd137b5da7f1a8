"""A case (件): what somebody put to the line, and how far it is."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.database import Base, UtcMoment, choice

# Row comparison in keyset pages can't cope with NULL, so a case without a running clock is due
# here.
NO_DUE_DATE = date(9999, 12, 31)


class Channel(StrEnum):
    """By which door a case came."""

    WEB = "web"
    TEXT = "text"
    TELEPHONE = "telephone"
    VISIT = "visit"
    LETTER = "letter"
    AUDIT = "audit"
    SUPERIOR = "superior"
    LEADER = "leader"
    PRESS = "press"
    HOTLINE = "hotline_12345"
    PETITION_SYSTEM = "petition_system"

    @property
    def official(self) -> str:
        """The door's name for officials."""
        return _OFFICIAL[self]

    @property
    def is_recorded(self) -> bool:
        """Whether a member of staff writes down what came (信访工作条例 19) or hands an order on,
        and so sees the first query code."""
        return self in RECORDED_CHANNELS or self.is_order

    @property
    def is_order(self) -> bool:
        """Whether another body sent it, with a number of its own, and hears what became of it."""
        return self in ORDER_CHANNELS


RECORDED_CHANNELS = (Channel.TELEPHONE, Channel.VISIT, Channel.LETTER)
# Plan 四(三) and 五(二)2: audit; superiors, leaders, the press; the other lines.
ORDER_CHANNELS = (
    Channel.HOTLINE,
    Channel.PETITION_SYSTEM,
    Channel.SUPERIOR,
    Channel.LEADER,
    Channel.PRESS,
    Channel.AUDIT,
)
_OFFICIAL = {
    Channel.WEB: "网页",
    Channel.TEXT: "短信",
    Channel.TELEPHONE: "电话",
    Channel.VISIT: "来访",
    Channel.LETTER: "来信",
    Channel.AUDIT: "审计移送",
    Channel.SUPERIOR: "上级要求",
    Channel.LEADER: "领导批示",
    Channel.PRESS: "媒体曝光",
    Channel.HOTLINE: "12345",
    Channel.PETITION_SYSTEM: "阳光信访",
}


class Identity(StrEnum):
    """How the reporter may be known."""

    ANONYMOUS = "anonymous"
    PHONE = "phone"
    REAL_NAME = "real_name"

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return {
            Identity.ANONYMOUS: "匿名",
            Identity.PHONE: "留电话",
            Identity.REAL_NAME: "实名",
        }[self]


class Case(Base):
    """One case. Only what the docs list as kept in the clear is here; all words lie in
    compartments.

    `unit_code` is who has it now: the responsible unit, or the office while it waits in triage;
    `first_unit_code` is whom the rules chose. `part_of_id` is the case that it was split from: the
    two share a receipt.
    `due_on` is the earliest running clock (Shanghai date), `answer_by` the date told to the
    reporter. `version` grows with every write, so that the later of two officers learns of the
    earlier.

    `ended_on` is the Shanghai day since which it is over, None while it isn't. `destroyed_on` is
    the day on which all that was typed about it was destroyed, `contact_destroyed_on` that of the
    contact alone, which may go earlier.
    """

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint("number <> ''", name="numbered"),
        # The queue reads one unit's open cases, the urgent ones first and of equals the number: an
        # id in an address would tell how many cases there are. `barred` spares a look-up a row, and
        # the id too, which SQLite keeps in every index and PostgreSQL has to be told to.
        Index(
            "ix_case_queue",
            *("unit_code", "state", "urgent", "due_on", "number", "barred", "claimed_by"),
            postgresql_include=["id"],
        ),
        Index(
            "ix_case_office",
            *("state", "urgent", "due_on", "number", "barred", "claimed_by"),
            postgresql_include=["id"],
        ),
        # What one person has taken on, in the same order. Most cases are nobody's.
        Index(
            "ix_case_claimed",
            *("claimed_by", "unit_code", "state", "urgent", "due_on", "number", "barred"),
            postgresql_include=["id"],
            sqlite_where=text("claimed_by IS NOT NULL"),
            postgresql_where=text("claimed_by IS NOT NULL"),
        ),
        Index("ix_case_rewrap_due", "rewrap_due"),
        # There are few, and the worker looks for those that another key still opens.
        Index(
            "ix_case_sealed",
            "sealed",
            "state",
            sqlite_where=text("sealed = 1"),
            postgresql_where=text("sealed"),
        ),
        Index("ix_case_watch_on", "watch_on"),
        Index("ix_case_part_of_id", "part_of_id"),
        # Each night looks for those that ended long ago; the office counts the destroyed by month.
        Index("ix_case_ended_on", "ended_on", "destroyed_on"),
        Index(
            "ix_case_destroyed_on",
            "destroyed_on",
            sqlite_where=text("destroyed_on IS NOT NULL"),
            postgresql_where=text("destroyed_on IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    state: Mapped[State] = mapped_column(choice(State))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    first_unit_code: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    # Who of that unit has taken it on; nobody any more as soon as another unit has it.
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    policy_code: Mapped[str | None] = mapped_column(ForeignKey("policy.code"))
    problem_code: Mapped[str | None] = mapped_column(ForeignKey("problem_type.code"))
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    fund_year: Mapped[int | None]
    identity: Mapped[Identity] = mapped_column(choice(Identity))
    accusing: Mapped[bool]
    # Set with the first bar, so that lists look bars up for barred cases only.
    barred: Mapped[bool] = mapped_column(default=False)
    # It belongs to the sealed class (密件); such a case always bars somebody.
    sealed: Mapped[bool] = mapped_column(default=False)
    withheld: Mapped[bool] = mapped_column(default=False)
    # The rules doubt something that only the office may settle: it looks at the case.
    doubted: Mapped[bool] = mapped_column(default=False)
    on_behalf: Mapped[bool] = mapped_column(default=False)
    in_ledger_scope: Mapped[bool] = mapped_column(default=True)
    urgent: Mapped[bool] = mapped_column(default=False)
    returns: Mapped[int] = mapped_column(default=0)
    # The same person has put the same matter to the line before, and was answered.
    repeat: Mapped[bool] = mapped_column(default=False)
    # True while the worker still has to take the keys from a unit that was barred meanwhile.
    rewrap_due: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime] = mapped_column(UtcMoment)
    registered_on: Mapped[date]
    last_act_at: Mapped[datetime] = mapped_column(UtcMoment)
    last_word_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    # The reporter was asked something, and everybody waits for him.
    awaiting_reporter: Mapped[bool] = mapped_column(default=False)
    # The body that the campaign names as arbiter has said whose it is; nobody returns it any more.
    arbitrated: Mapped[bool] = mapped_column(default=False)
    # The office supervises it (专项督办).
    supervised: Mapped[bool] = mapped_column(default=False)
    # What accuses in it lies with a body that may look into that; all else goes on here.
    referred: Mapped[bool] = mapped_column(default=False)
    # When its unit was reminded of it, until it does something.
    reminded_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    # The next Shanghai day on which the worker has to look at its dates.
    watch_on: Mapped[date]
    due_on: Mapped[date]
    due_clock: Mapped[str] = mapped_column(String(40))
    answer_by: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    ended_on: Mapped[date | None]
    contact_destroyed_on: Mapped[date | None]
    destroyed_on: Mapped[date | None]

    @property
    def has_new_words(self) -> bool:
        """Whether its reporter has written since anybody acted on it. Looking is no act."""
        return self.last_word_at is not None and self.last_word_at > self.last_act_at

    @validates("unit_code")
    def _leave_whoever_has_it(self, _name: str, unit_code: str) -> str:
        if unit_code != self.unit_code:
            self.claimed_by = None
        return unit_code

    @validates("state")
    def _note_its_end(self, _name: str, state: State) -> State:
        if not state.has_ended:
            self.ended_on = None
        elif state is not self.state:
            self.ended_on = clock.today()
        return state

    @property
    def is_tip_off(self) -> bool:
        """Whether the promises for tip-offs apply."""
        return self.kind is Kind.TIP_OFF

    @property
    def label(self) -> str:
        """What ties this case's compartments to it."""
        return f"case:{self.number}"
