"""What the package of a filed case holds: everything, each sort of thing in a file of its own, the
reporter's identity apart, and a list by which all of it can be checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk import event_words
from admin.desk.due_words import CLOCK_WORDS
from admin.desk.entries import CONVERSATION, INTERNAL, names_of_staff, title_of_letter
from admin.desk.hand import Hand, decider_of
from admin.documents.document_file import sheets_of
from admin.documents.filling import fill
from admin.documents.papers import paper_of
from admin.documents.templates import content_of
from admin.documents.variables import values_of
from admin.filing.clock_history import clocks_that_ran
from admin.hand_over.contents import as_file, checksums
from admin.hand_over.enclosed import enclosed_files, list_of_enclosed
from admin.referrals import referral_text
from admin.referrals.bodies import level_name
from intake import correspondence
from intake.attachments.store import files_of
from intake.cases.case import Case
from intake.cases.event import IS_READING, Event
from intake.cases.message import TELLS_WHO_HE_IS, MessageKind
from intake.correspondence import Letter
from intake.dates import happened
from intake.referred import referrals_of
from intake.vault.holders import opener_of
from portal.foundation import clock, formats

_CAME = {
    MessageKind.WORDS: "来件",
    MessageKind.ACCUSED: "反映的是谁",
    MessageKind.BENEFICIARY: "替谁反映",
    MessageKind.EXTRACT: "给承办单位的摘要",
}
_SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class _Opened:
    """A case whose letters lie open, with the names of its staff."""

    case: Case
    letters: list[Letter]
    names: Mapping[int, str]

    def lines(self, kinds: Iterable[MessageKind]) -> Iterator[str]:
        """The letters of some kinds, each under what it is."""
        wanted = set(kinds)
        for one in self.letters:
            if one.kind in wanted:
                title = _CAME.get(one.kind) or title_of_letter(one.kind)
                who = self.names.get(one.staff_id or 0, "")
                day = formats.moment_day(one.written_at)
                yield f"【{title}】{day} {who}".strip() + f"\n{one.text}\n"


def contents_of(session: Session, case: Case, hand: Hand) -> dict[str, bytes]:
    """The files of a case by their names. Empty ones are left out.

    It is the process that opens them, as the body that decides about the case; nobody reads
    anything.
    """
    decider = decider_of(session, case, hand.book)
    opener = frozenset({opener_of(decider, sealed=case.sealed)})
    letters = correspondence.read_as_unit(session, case, opener, list(MessageKind))
    opened = _Opened(case, letters, names_of_staff(session))
    enclosed = list(enclosed_files(letters, files_of(session)))
    texts = {
        "来件.txt": "\n".join(opened.lines(_CAME)),
        "往来.txt": "\n".join(opened.lines(CONVERSATION)),
        "内部.txt": "\n".join(opened.lines(INTERNAL)),
        "附件.txt": list_of_enclosed(enclosed),
        "移送.txt": "\n".join(_referrals(session, case, hand, opener)),
        "经过.txt": "\n".join(_events(session, opened, hand)),
        "期限.txt": "\n".join(_clocks(session, case, hand)),
        "联系方式.txt": "\n".join(x.text for x in letters if x.kind in TELLS_WHO_HE_IS),
    }
    files = {name: as_file(text) for name, text in texts.items() if text}
    files |= {name: content for name, _, content in enclosed if content is not None}
    files |= _documents(session, case, hand)
    files["清单.txt"] = as_file("\n".join(_sheet(session, case, hand, files)))
    return {**files, _SUMS: sums_of(files)}


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """The list that `sha256sum -c` reads."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return "".join(lines).encode()


def _sheet(session: Session, case: Case, hand: Hand, files: Mapping[str, bytes]) -> Iterator[str]:
    book = hand.book
    of_case = select(Event).where(Event.case_id == case.id, ~IS_READING)
    last = session.scalars(of_case.order_by(Event.seq.desc()).limit(1)).one()
    yield book.campaign.name
    yield f"归档：{book.unit_name(decider_of(session, case, book))}"
    yield ""
    yield f"编号：{case.number}"
    yield f"类别：{case.kind.official}，{case.identity.official}，{case.state.official}"
    yield f"登记：{formats.day_with_year(case.registered_on)}"
    yield f"承办：{book.unit_name(case.unit_code)}"
    yield f"打包：{formats.day_with_year(clock.today())}"
    yield f"经过到第{last.seq}条为止，校验值（BLAKE2b）：{last.digest.hex()}"
    yield ""
    yield "文件的校验（SHA-256）："
    yield from checksums(files)


def _referrals(session: Session, case: Case, hand: Hand, opener: frozenset[str]) -> Iterator[str]:
    for one in reversed(referrals_of(session, case)):
        yield f"【{hand.book.unit_name(one.unit_code)}】{one.state.official}"
        yield f"涉及的人：{level_name(hand.book, one.level)}"
        for said in referral_text.read(session, one, opener):
            yield f"{said.kind.official}，{formats.moment_day(said.written_at)}\n{said.text}"
        if one.outcome and one.concluded_on:
            yield f"结果：{one.outcome.official}，{formats.day_with_year(one.concluded_on)}"
            sums = [("追回", one.recovered), ("退给群众", one.refunded)]
            yield from (f"{name}{formats.yuan(sum_)}" for name, sum_ in sums if sum_ is not None)
            yield f"处理处分{one.punished or 0}人"


def _events(session: Session, opened: _Opened, hand: Hand) -> Iterator[str]:
    of_case = select(Event).where(Event.case_id == opened.case.id, ~IS_READING)
    for event in session.scalars(of_case.order_by(Event.seq)):
        title = event_words.title_of(event.name, event.facts, hand.book) or event.name
        body = event_words.body_of(event.name, event.facts, hand.book) or ""
        who = opened.names.get(event.staff_id or 0, "")
        yield f"{event.seq}　{formats.moment(event.happened_at)}　{title}　{who}　{body}".rstrip()


def _clocks(session: Session, case: Case, hand: Hand) -> Iterator[str]:
    for one in clocks_that_ran(case, happened(session, case), hand.book):
        working = one.running.working
        name = CLOCK_WORDS.get(one.running.clock, one.running.clock)
        ended = f"{formats.day_with_year(one.ended_on)}办到" if one.ended_on else "没有办到"
        due = formats.day_with_year(working.due_on)
        yield f"【{name}】最晚{due}，{ended}。{working.rule_source}"
        for day in working.days:
            said = f"，{day.why}" if day.why else ""
            yield f"　{formats.day(day.day)}{said}{'' if day.counted else '，不算'}"


def _documents(session: Session, case: Case, hand: Hand) -> dict[str, bytes]:
    """The documents that were issued, each on the template that it was issued with."""
    found = {}
    for sheet in sheets_of(session, case, hand):
        revision = sheet.document.template_revision
        if sheet.is_issued and sheet.text and revision is not None:
            template = content_of(session, paper_of(sheet.kind), revision)
            content = fill(template, values_of(sheet.kind, sheet.text, sheet.frame))
            found[f"文书/{sheet.document.key}-{sheet.kind.slug}.docx"] = content
    return found
