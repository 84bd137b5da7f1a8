"""Which cases may belong together with one, among those that somebody handles himself, and why each
is suggested. Nothing is stored, and nobody else's cases are looked at.

By their reporter's telephone only ordinary cases are found, and only by who may read it anyway: a
tip-off is never tied to what the same person says openly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.desk.hand import actors_of
from admin.duplicates.similarity import likeness, pairs_in
from intake.bulk_reading import texts_of
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.cases.receipt import Receipt
from intake.family import ties_around
from intake.rules.lifecycle import Actor, State
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.place import PlaceKind

MOST_READ = 300
MOST_SHOWN = 12
_OF_ONE_PERSON = 30
_NEARLY_THE_SAME, _ALIKE, _RATHER_ALIKE = 0.6, 0.3, 0.12
_READ = (MessageKind.WORDS, MessageKind.EXTRACT)


@dataclass(frozen=True)
class Suggestion:
    """A case that may belong together with another one. `likeness` of their words is from 0 to
    1."""

    case: Case
    reasons: tuple[str, ...]
    same_person: bool
    likeness: float


def may_look(session: Session, case: Case, access: Access, book: Book) -> bool:
    """Whether somebody handles a case, and not only helps with it; of a tip-off, whether he decides
    about it."""
    actors = actors_of(session, case, access, book)
    return Actor.OFFICE in actors if case.is_tip_off else bool(actors)


def suggested(session: Session, access: Access, book: Book, case: Case) -> list[Suggestion]:
    """The cases that most likely belong together with one, the likeliest first."""
    if not may_look(session, case, access, book):
        return []
    others = list(_beside(session, access, case))
    people = _of_same_person(session, case, others)
    subjects = _about_the_same(session, case, others)
    found = {one.id: one for one in (*people, *subjects)}
    pairs = _pairs(session, access, [case, *found.values()])
    own = pairs.get(case.id, frozenset())
    known = {one.id for one in people}
    rated = [
        _rated(case, one, book, likeness(own, pairs.get(one.id, frozenset())), one.id in known)
        for one in found.values()
    ]
    worth = [one for one in rated if _is_worth_showing(one, case)]
    worth.sort(key=lambda one: (one.same_person, one.likeness, one.case.id), reverse=True)
    return worth[:MOST_SHOWN]


def _beside(session: Session, access: Access, case: Case) -> Iterator[ColumnElement[bool]]:
    """The condition under which another case comes into question."""
    ties = ties_around(session, [case.id])
    tied = {case.id} | {end for tie in ties if tie.until is None for end in (tie.one, tie.other)}
    yield visible(access, at_own_desk=not access.as_office)
    yield Case.id.not_in(tied)
    yield Case.kind == Kind.TIP_OFF if case.is_tip_off else Case.kind != Kind.TIP_OFF
    yield Case.state.not_in([State.WITHDRAWN, State.MERGED])


def _of_same_person(
    session: Session, case: Case, others: Sequence[ColumnElement[bool]]
) -> Sequence[Case]:
    """The cases whose reporter left the same telephone, the newest first."""
    mark = session.scalar(select(Receipt.contact_mark).where(Receipt.case_id == case.id))
    if mark is None or case.is_tip_off or case.accusing:
        return ()
    wanted = (
        select(Case)
        .join(Receipt, Receipt.case_id == Case.id)
        .where(Receipt.contact_mark == mark, ~Case.accusing, *others)
    )
    return session.scalars(wanted.order_by(Case.id.desc()).limit(_OF_ONE_PERSON)).all()


def _about_the_same(
    session: Session, case: Case, others: Sequence[ColumnElement[bool]]
) -> Sequence[Case]:
    """The newest cases about the same policy, problem or place; of one that says none of them, the
    newest of its unit."""
    same = {
        Case.policy_code: case.policy_code,
        Case.problem_code: case.problem_code,
        Case.place_code: case.place_code,
    }
    alike = [column == code for column, code in same.items() if code]
    condition = or_(*alike) if alike else Case.unit_code == case.unit_code
    wanted = select(Case).where(condition, *others).order_by(Case.id.desc())
    return session.scalars(wanted.limit(MOST_READ)).all()


def _pairs(session: Session, access: Access, cases: Iterable[Case]) -> Mapping[int, frozenset[str]]:
    """What the words of cases are compared by, as far as this person may read them."""
    ids = [one.id for one in cases]
    found: dict[int, frozenset[str]] = {}
    for text in texts_of(session, ids, access.openers, _READ):
        found[text.case_id] = found.get(text.case_id, frozenset()) | pairs_in(text.text or "")
    return found


def _rated(case: Case, other: Case, book: Book, alike: float, same_person: bool) -> Suggestion:
    reasons = ["同一个电话"] if same_person else []
    if alike >= _RATHER_ALIKE:
        degree = (
            "几乎一样" if alike >= _NEARLY_THE_SAME else "很像" if alike >= _ALIKE else "有些像"
        )
        reasons.append(f"内容{degree}")
    subject = "、".join(_same_subject(case, other, book))
    return Suggestion(other, (*reasons, *([subject] if subject else [])), same_person, alike)


def _same_subject(case: Case, other: Case, book: Book) -> Iterator[str]:
    if case.policy_code and case.policy_code == other.policy_code:
        yield "同一项补贴"
    if case.problem_code and case.problem_code == other.problem_code:
        yield "同一种问题"
    if case.place_code and case.place_code == other.place_code:
        is_street = book.places[case.place_code].kind is PlaceKind.STREET
        yield "同一个街道" if is_street else "同一个社区"


def _is_worth_showing(one: Suggestion, case: Case) -> bool:
    """Whether more than the subject speaks for it: many write about the same policy."""
    same_place = bool(case.place_code) and one.case.place_code == case.place_code
    same_policy = bool(case.policy_code) and one.case.policy_code == case.policy_code
    enough = _RATHER_ALIKE if same_place and same_policy else _ALIKE
    return one.same_person or one.likeness >= enough
