"""What the office found in a case, and whether it may become a problem of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.coinciding import coinciding, naming
from admin.ledger.refusals import (
    NeedsText,
    NotVerified,
    OutOfScope,
    ReportersWords,
    StepNotAllowed,
    UnitHasNoDesk,
)
from intake import correspondence
from intake.attachments.stored_file import StoredFile
from intake.cases.case import Case
from intake.cases.message import TELLS_WHO_HE_IS, MessageKind
from intake.rules.lifecycle import State

# An answer went out, so the facts stand; before that the office has to vouch for them itself.
_ANSWERED = frozenset({State.REPLIED, State.CLOSED})
_BEING_HANDLED = frozenset({State.ACCEPTED, State.DRAFTED})
_WORDS = frozenset({MessageKind.WORDS, MessageKind.ACCUSED, MessageKind.SUPPLEMENT})
_NAMES = TELLS_WHO_HE_IS | {MessageKind.BENEFICIARY}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found, in the finder's own words. `amount` is in yuan, `persons` a number of people,
    `files` are photographs and papers that prove it.

    `verified`: the office confirms facts that no reply has settled yet. `wording_checked`: somebody
    compared what coincides with the original and says that it gives nobody away.
    """

    unit: str
    problem_type: str
    what_is_wrong: str
    rectify_by: date
    place: str | None = None
    policy: str | None = None
    fund_year: int | None = None
    amount: Decimal | None = None
    persons: int | None = None
    files: tuple[StoredFile, ...] = ()
    verified: bool = False
    wording_checked: bool = False


@dataclass(frozen=True)
class Private:
    """What a case keeps to itself: sentences that nobody may repeat, names that nobody may name."""

    words: tuple[str, ...]
    names: tuple[str, ...]


def may_open_from(case: Case) -> bool:
    """Whether this case could open a problem, the office's own confirmation supposed."""
    return case.in_ledger_scope and case.state in _ANSWERED | _BEING_HANDLED


def needs_confirmation(case: Case) -> bool:
    """Whether the office has to vouch for the facts, because no reply has settled them."""
    return case.state not in _ANSWERED


def private_of(session: Session, case: Case, office: str) -> Private:
    """What a machine compares a text with. Nobody reads it: no identity is opened by this."""
    kinds = sorted(_WORDS | _NAMES)
    letters = correspondence.read_as_unit(session, case, frozenset({office}), kinds)
    return Private(
        words=tuple(one.text for one in letters if one.kind in _WORDS),
        names=tuple(
            line for one in letters if one.kind in _NAMES for line in one.text.splitlines() if line
        ),
    )


def check(session: Session, case: Case, by: Hand, finding: Finding) -> None:
    """Whether this finding may enter the ledger now.

    Raises:
        StepNotAllowed: only the office keeps the ledger.
        OutOfScope: the case lies outside the campaign's funds or years (plan 三).
        NotVerified: the case wasn't answered, and the office didn't confirm its facts.
        UnitHasNoDesk, NeedsText: see there.
        ReportersWords: the text repeats the original, and nobody compared the two.
    """
    if not by.access.as_office:
        raise StepNotAllowed("open")
    if not case.in_ledger_scope:
        raise OutOfScope(case.number)
    confirmed = case.state in _BEING_HANDLED and finding.verified
    if case.state not in _ANSWERED and not confirmed:
        raise NotVerified(case.number)
    if not by.book.units[finding.unit].desk:
        raise UnitHasNoDesk(finding.unit)
    if not finding.what_is_wrong.strip():
        raise NeedsText
    _check_words(private_of(session, case, by.book.campaign.office_code), finding)


def _check_words(private: Private, finding: Finding) -> None:
    text = finding.what_is_wrong
    named = naming(text, private.names)
    repeated = [] if finding.wording_checked else coinciding(text, private.words)
    if named or repeated:
        raise ReportersWords(
            tuple(text[start:end] for start, end in sorted({*named, *repeated})),
            may_stay=not named,
        )
