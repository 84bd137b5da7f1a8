"""A part that is split from a case: a case of its own, under the same receipt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import correspondence
from intake.at_work import at_work
from intake.attachments.stored_file import StoredFile
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case, Identity
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.cases.receipt import Receipt
from intake.dates import clocks_of
from intake.decision import Decision, Kept
from intake.draft import Draft
from intake.opening import BarOf, Opening, SealedTexts, open_case
from intake.outbox.addressing import may_be_texted, sealed_address
from intake.outbox.mailing import hand_mail_on
from intake.prepare import bars_of, first_handling, new_number
from intake.route import route
from intake.rules import recusal
from intake.rules.pauses import Happened
from intake.sealing_off import belongs_to_class, kept_from
from intake.vault.holders import opener_of
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock


@dataclass(frozen=True)
class Part:
    """What the office cut out of a case, and the files that go along. Without a `unit` the rules
    say who gets it."""

    whole: Case
    words: str
    kind: Kind
    policy: str | None
    problem: str | None
    unit: str
    files: tuple[StoredFile, ...] = ()


def register_part(session: Session, part: Part, book: Book, *, by: int) -> Case:
    """Open a case for a part. It holds what was cut out and nothing else of the whole, and is kept
    from everybody from whom the whole is kept. Its dates count from the day on which its reporter
    sent the whole.

    Raises:
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    whole, number = part.whole, new_number(session, book)
    inherited = list(_inherited(session, whole))
    decision = _decision(session, part, book, inherited)
    identity = _identity(whole)
    contact = "" if whole.accusing else _contact(session, whole)
    opening = Opening(
        number=number,
        kind=part.kind,
        channel=whole.channel,
        identity=identity,
        fund_year=whole.fund_year,
        on_behalf=whole.on_behalf,
        decision=decision,
        bars=(*bars_of(decision, book), *_not_its_own(inherited, decision, book)),
        sealed=_sealed(session, part, _texts(part, decision, contact), decision, number, book),
        clocks=clocks_of(book, part.kind, identity, list(_so_far(whole, decision))),
        book=book,
        part_of=whole,
        by=by,
        address=None if decision.sealed else _address(session, part, number, contact),
    )
    case = open_case(session, opening)
    facts = {"of": whole.number, "received_on": whole.registered_on.isoformat()}
    record(session, "split_off", case_id=case.id, by=by, **facts)
    hand_mail_on(session, whole, case)
    return case


def _sealed(
    session: Session,
    part: Part,
    texts: Mapping[MessageKind, str],
    decision: Decision,
    number: str,
    book: Book,
) -> SealedTexts:
    """The part's texts, for whoever handles it and for the holder of the whole's receipt."""
    handling = first_handling(session, decision, part.kind, book)
    receipt = session.get_one(Receipt, part.whole.part_of_id or part.whole.id)
    return SealedTexts.of(session, number, texts, handling, receipt.public_key, part.files)


def _inherited(session: Session, whole: Case) -> Iterator[BarOf]:
    """Whom the whole is kept from."""
    for bar in session.scalars(select(Bar).where(Bar.case_id == whole.id).order_by(Bar.id)):
        yield BarOf(BarSource.RELATIVE, bar.named, bar.unit_code, bar.staff_id)


def _not_its_own(inherited: Iterable[BarOf], decision: Decision, book: Book) -> Iterator[BarOf]:
    """Of these, whom the part doesn't bar for what it says itself."""
    own = {(one.unit_code, one.staff_id) for one in bars_of(decision, book)}
    kept = {(one.unit_code, one.staff_id): one for one in inherited}
    return (one for target, one in kept.items() if target not in own)


def _identity(whole: Case) -> Identity:
    """Who tipped off stays unknown to whoever gets another part of what he wrote."""
    return Identity.ANONYMOUS if whole.accusing else whole.identity


def _decision(session: Session, part: Part, book: Book, inherited: Iterable[BarOf]) -> Decision:
    """Where the rules send the part, or where the office does."""
    barred = frozenset(one.unit_code for one in inherited if one.unit_code)
    if part.whole.sealed:
        # Be it for a person: whoever got a part would be shown what the class keeps.
        barred |= kept_from(book)
    staff = at_work(session)
    found = route(_draft(part), book, clock.today(), staff, barred_before=barred)
    found = replace(found, because=("办公室从一件来件里分出来的。", *found.because))
    if not part.unit:
        return found
    sent = _sent_by_the_office(found, part.unit, barred, book)
    people = {*sent.people_by_reporter, *sent.people_by_words}
    # What belongs to the sealed class goes to no unit, whoever says so.
    return found if belongs_to_class(sent.barred, people, book, staff) else sent


def _draft(part: Part) -> Draft:
    return Draft(
        channel=part.whole.channel,
        kind=part.kind,
        words=part.words,
        submission="",
        policy=part.policy or "",
        problem=part.problem or "",
        # Where it was can say whom the whole accuses.
        place="" if part.whole.accusing else part.whole.place_code or "",
        fund_year=part.whole.fund_year,
    )


def _sent_by_the_office(found: Decision, unit: str, barred: frozenset[str], book: Book) -> Decision:
    """The same, given to a unit by somebody who has read it: he says that it isn't accused."""
    meant = frozenset(
        code
        for code in found.accused_by_words | found.decided
        if unit not in recusal.barred_units({code}, book.below)
    )
    decided = found.decided & meant
    accused = found.accused_by_words & meant
    return replace(
        found,
        unit=unit,
        natural=unit,
        in_triage=False,
        responsibility_id=found.responsibility_id if unit == found.natural else None,
        accused_by_words=accused,
        decided=decided,
        barred=recusal.barred_units(accused | found.emptied, book.below) | decided | barred,
        because=found.because[:1],
        recused=(),
        told="",
        sealed=False,
    )


def _address(session: Session, part: Part, number: str, contact: str) -> bytes | None:
    """Where its notices go: the telephone is a contact's last line."""
    allowed = may_be_texted(part.kind, part.whole.channel, ticked=False)
    telephone = contact.rpartition("\n")[2]
    return sealed_address(session, number, telephone) if allowed else None


def _texts(part: Part, decision: Decision, contact: str) -> dict[MessageKind, str]:
    return {
        MessageKind.WORDS: part.words,
        MessageKind.CONTACT: contact,
        MessageKind.BECAUSE: "\n".join(decision.because),
        MessageKind.EVIDENCE: "\n".join(decision.evidence),
        MessageKind.DECISION: Kept.of(decision, part.kind).to_text(),
        MessageKind.TOLD: decision.told,
    }


def _contact(session: Session, whole: Case) -> str:
    """How the reporter can be reached, handed on without anybody reading it."""
    opener = opener_of(whole.unit_code, sealed=whole.sealed)
    letters = correspondence.read_as_unit(
        session, whole, frozenset({opener}), [MessageKind.CONTACT]
    )
    return "\n".join(letter.text for letter in letters)


def _so_far(whole: Case, decision: Decision) -> Iterator[Happened]:
    yield Happened("registered", whole.registered_on)
    if not decision.in_triage:
        yield Happened("assigned", clock.today())
