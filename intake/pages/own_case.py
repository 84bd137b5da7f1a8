"""What the reporter's page shows of his case: state, date, answers, his words, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Response, make_response, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import correspondence
from intake.asking.due_date import DueDate
from intake.attachments.stored_file import LeftOut
from intake.cases.case import Case
from intake.cases.event import IS_READING, Event
from intake.cases.message import MessageKind
from intake.correspondence import Letter
from intake.dates import as_happened, clocks_of, told_clock
from intake.enclosing import Enclosed
from intake.going_on import GoingOn, told_of_going_on
from intake.objection import called, objects_until
from intake.pages.forms import AnswersForm, MailForm, MoreWordsForm, ObjectionForm
from intake.pages.mail_offer import mailing_of
from intake.pages.own_documents import OwnDocument, own_documents
from intake.pages.own_steps import Step, steps_of
from intake.pages.shown_request import ShownRequest
from intake.progress import Found, can_withdraw
from intake.questionnaire import Asked, asked
from intake.rights.own_request import requests_of
from intake.rules.pauses import Happened
from intake.rules.satisfaction import SCORES
from intake.told import Told, destroyed_at_his_request, told
from portal.campaign.book import Book, book
from portal.foundation.clock import day_of

READABLE = (
    MessageKind.WORDS,
    MessageKind.ACCUSED,
    MessageKind.BENEFICIARY,
    MessageKind.SUPPLEMENT,
    MessageKind.QUESTION,
    MessageKind.OBJECTION,
    MessageKind.REMARK,
    MessageKind.REPLY,
    MessageKind.NOTICE,
    MessageKind.TOLD,
    MessageKind.DOCUMENT,
)

_WRITTEN_LATER = (MessageKind.SUPPLEMENT, MessageKind.OBJECTION, MessageKind.REMARK)


@dataclass(frozen=True)
class Said:
    """A text with its day and what came with it; `by` is the unit that wrote it, empty where none
    is named."""

    text: str
    on: date
    by: str = ""
    files: tuple[Enclosed, ...] = ()


@dataclass(frozen=True)
class OwnCase:
    """One case as its reporter sees it."""

    case: Case
    told: Told
    why: str
    due: DueDate | None
    replies: list[Said]
    documents: list[OwnDocument]
    notices: list[Said]
    words: list[Said]
    supplements: list[Said]
    facts: list[tuple[str, str]]
    steps: list[Step]
    can_withdraw: bool
    questions: list[Said]
    objects_until: date | None
    # What he asks for who doesn't agree: 异议, 复查 or 复核.
    objection: str
    asked: Asked | None
    going_on: GoingOn | None


@dataclass(frozen=True)
class Typed:
    """The forms of the page as they were typed; those that weren't stand there blank."""

    words: MoreWordsForm
    objecting: ObjectionForm | None = None
    answering: AnswersForm | None = None
    mailing: MailForm | None = None


def case_page(
    session: Session,
    found: Found,
    typed: Typed,
    *,
    note: str = "",
    not_taken: Sequence[LeftOut] = (),
    status: int = 200,
) -> Response:
    """The page of a case, and of those that were split from it, for whoever holds the code. `note`
    says what was just done, `not_taken` which files weren't taken with it."""
    campaign_book, form = book(session), typed.words
    own = own_cases(session, found)
    still_heard = [one for one in own if one.case.state.is_heard]
    answerable = [one for one in own if one.asked and one.asked.is_open]
    page = render_template(
        "intake/case.html",
        campaign=campaign_book.campaign,
        own=own,
        still_heard=still_heard,
        may_withdraw=[one for one in own if one.can_withdraw],
        may_object=[one for one in own if one.objects_until],
        chosen=found.called(form.case_number.data or "").number,
        form=form,
        objecting=typed.objecting or ObjectionForm(None, query_code=form.query_code.data),
        answerable=answerable,
        mailing=mailing_of(session, found),
        mail_form=typed.mailing or MailForm(None, query_code=form.query_code.data),
        answering=typed.answering or _questions(form, answerable),
        requests=[ShownRequest.of(one) for one in requests_of(session, found)],
        note=note,
        not_taken=not_taken,
        scores=SCORES,
    )
    return make_response(page, status)


def own_cases(session: Session, found: Found) -> list[OwnCase]:
    """The case, and those that were split from it, as whoever holds the code may read them: all
    that any page or file of his is made of."""
    campaign_book = book(session)
    return [_own(session, campaign_book, case, found) for case in found.all]


def _questions(form: MoreWordsForm, answerable: Sequence[OwnCase]) -> AnswersForm:
    """The two questions, with what was answered before where there is one case to answer about."""
    only = answerable[0].asked if len(answerable) == 1 else None
    return AnswersForm.blank(str(form.query_code.data), only.answer if only else None)


def _own(session: Session, campaign_book: Book, case: Case, found: Found) -> OwnCase:
    events = _events(session, case)
    clocks = clocks_of(campaign_book, case.kind, case.identity, _happened(events))
    answer = told_clock(campaign_book, case, _happened(events))
    letters = correspondence.read_as_reporter(session, case, found.reporter, READABLE)
    return OwnCase(
        case=case,
        told=told(
            case,
            campaign_book,
            [one.name for one in events],
            clocks,
            at_his_request=destroyed_at_his_request(_happened(events)),
        ),
        why=_why(case, letters),
        due=DueDate.of(answer) if answer else None,
        replies=_replies(case, campaign_book, letters, events),
        documents=own_documents(session, case, campaign_book, letters),
        notices=_texts(letters, MessageKind.NOTICE),
        words=_texts(letters, MessageKind.WORDS),
        supplements=_texts(letters, *_WRITTEN_LATER),
        facts=_facts(case, campaign_book, letters),
        steps=steps_of(case, campaign_book, events),
        can_withdraw=can_withdraw(case),
        questions=_texts(letters, MessageKind.QUESTION),
        objects_until=objects_until(session, case, campaign_book),
        objection=called(case, _happened(events)),
        asked=asked(session, case, campaign_book),
        going_on=told_of_going_on(session, case, campaign_book),
    )


def _events(session: Session, case: Case) -> Sequence[Event]:
    of_case = select(Event).where(Event.case_id == case.id, ~IS_READING)
    return session.scalars(of_case.order_by(Event.seq)).all()


def _happened(events: Iterable[Event]) -> list[Happened]:
    return [as_happened(one.name, one.happened_at, one.facts) for one in events]


def _texts(letters: Iterable[Letter], *kinds: MessageKind) -> list[Said]:
    said = (one for one in letters if one.kind in kinds)
    return [Said(one.text, day_of(one.written_at), files=one.files) for one in said]


def _why(case: Case, letters: Iterable[Letter]) -> str:
    """Why it went where it is, as he read it when he sent it; nothing of a tip-off, nor once
    somebody else has it."""
    if case.is_tip_off or case.unit_code != case.first_unit_code:
        return ""
    return next((one.text for one in letters if one.kind is MessageKind.TOLD), "")


def _replies(
    case: Case, campaign_book: Book, letters: Iterable[Letter], events: Iterable[Event]
) -> list[Said]:
    """The answers, newest first, each with the unit that sent it; a tip-off's name none."""
    units = [one.facts["unit"] for one in events if one.name == "replied"]
    texts = _texts(letters, MessageKind.REPLY)
    senders = [*units, *[case.unit_code] * len(texts)]
    return [
        replace(one, by="" if case.is_tip_off else campaign_book.units[unit].name)
        for one, unit in zip(texts, senders, strict=False)
    ][::-1]


def _facts(case: Case, campaign_book: Book, letters: Iterable[Letter]) -> list[tuple[str, str]]:
    """Number and subject. What the rules read in a tip-off stays out: it could name a unit."""
    found = [("编号", case.number)]
    if not case.is_tip_off:
        if case.policy_code:
            found.append(("补贴", campaign_book.policies[case.policy_code].name))
        if case.place_code:
            found.append(("地方", campaign_book.places[case.place_code].name))
    own = {MessageKind.ACCUSED: "涉及谁", MessageKind.BENEFICIARY: "替谁写的"}
    found += [(own[one.kind], one.text) for one in letters if one.kind in own]
    return found
