"""Fill a demonstration with sample staff, cases and what is published. Harmless to repeat: what is
there stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.demonstration.half_year.formal_answers import issue_what_is_owed
from admin.demonstration.half_year.pace import SHORT
from admin.demonstration.half_year.playing import days_to_play, play, set_stage
from admin.demonstration.sample_campaign import show_the_campaign
from admin.demonstration.sample_cases import Sample, samples
from admin.demonstration.sample_figures import publish_newest_month
from admin.demonstration.sample_lists import add_lists
from admin.demonstration.sample_notices import add_notices
from admin.demonstration.sample_people import PASSWORD, add_people, password_hash, people
from admin.demonstration.sample_readers import PASSPHRASE
from admin.demonstration.sample_results import publish_results
from admin.desk import asking, casework
from admin.desk.hand import Hand
from intake.cases.case import Case
from intake.register import register
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation import clock, demo_clock
from portal.foundation.database import Database
from portal.foundation.settings import Settings
from portal.foundation.staff import Role, Staff

Colleagues = dict[tuple[str, Role], Staff]
_Step = Callable[[Session, Case, Hand], None]
_DRAFT = "（样例）我们查了发放记录：新卡号没有及时录入。现在已经录入，少发的会一起补上。"
_CODES_SHOWN = 3
_SEED = 2022


def prepare(database: Database) -> list[str]:
    """Add sample staff and cases; returns the lines that say how to use them."""
    hashed = password_hash()
    with database.writing() as session:
        campaign_book = book(session)
        colleagues = add_people(session, campaign_book, hashed)
    now, codes = clock.now(), []
    for sample in samples(campaign_book):
        with clock.stopped_at(now - timedelta(days=sample.days_ago)):
            number, code = _bring_in(database, sample, colleagues)
        codes.append(f"{number}  {code}")
    with database.writing() as session:
        office = campaign_book.campaign.office_code
        drafter, reader = colleagues[office, Role.OFFICE], colleagues[office, Role.PUBLISHER]
        add_lists(session, campaign_book, drafter, reader)
        add_notices(session, campaign_book, colleagues[office, Role.OFFICE_HEAD])
    publish_results(database, colleagues)
    show_the_campaign(database, colleagues)
    publish_newest_month(database)
    return [
        f"样例密码：{PASSWORD}",
        f"密件的样例口令：{PASSPHRASE}",
        "验证码：flask --app wsgi staff code 登录名",
        *(f"{one.name}  {one.display_name}" for one in people(campaign_book)),
        f"样例来件：{len(codes)}件。其中几件的编号和查询码：",
        *codes[:_CODES_SHOWN],
    ]


def somebody_is_there(database: Database) -> bool:
    """Whether there is anybody with an account, or a case."""
    with database.reading() as session:
        return any(session.scalars(select(table.id).limit(1)).first() for table in (Staff, Case))


def play_half_year(
    database: Database, settings: Settings, *, in_the_evening: Callable[[Database], object]
) -> Iterator[str]:
    """Play a half-year of the loaded campaign, and let the demonstration's clock go on from its
    end. Gives a line for each month, for whoever waits. `in_the_evening` is what the worker does.
    """
    hashed = password_hash()
    stage = set_stage(database, settings, password_hash=hashed, pace=SHORT, seed=_SEED)
    with database.reading() as session:
        first, last = days_to_play(book(session))
    yield "先演半年的治理，要等几分钟。 Playing half a year first; this takes some minutes."
    for day in play(stage, first, last, in_the_evening=in_the_evening):
        if day.day == 1:
            yield f"演到{day:%Y-%m-%d}"
    demo_clock.begin_on(settings, last)


def _bring_in(database: Database, sample: Sample, colleagues: Colleagues) -> tuple[str, str]:
    """Register a sample and let its unit work on it, unless an earlier run did."""
    with database.writing() as session:
        campaign_book = book(session)
        clerk = colleagues[campaign_book.campaign.office_code, Role.INTAKE_CLERK]
        recorded = sample.draft.channel.is_recorded
        draft = replace(sample.draft, recorded_by=clerk.id) if recorded else sample.draft
        registered = register(session, draft)
        session.flush()
        case = registered.case
        if case.version == 1:
            _work(session, case, campaign_book, colleagues, sample.steps)
        return case.number, registered.query_code


def _work(
    session: Session, case: Case, campaign_book: Book, colleagues: Colleagues, steps: int
) -> None:
    """Take the first steps of a case's life. A unit without sample staff leaves it where it is."""
    office = colleagues[campaign_book.campaign.office_code, Role.OFFICE]
    officer = colleagues.get((case.unit_code, Role.OFFICER))
    head = colleagues.get((case.unit_code, Role.HEAD))
    if officer is None or head is None:
        return
    for step, staff in _way(case, officer, head, office, steps):
        # The next step asks what happened so far, so this one's message must be stored.
        session.flush()
        if step is casework.send_reply:
            writer, signer = (_hand_of(one, case, campaign_book) for one in (officer, head))
            issue_what_is_owed(session, case, writer=writer, signer=signer)
        step(session, case, _hand_of(staff, case, campaign_book))


def _hand_of(staff: Staff, case: Case, campaign_book: Book) -> Hand:
    access = Access.of(staff, campaign_book, unlocked=True)
    return Hand(access, campaign_book, case.version)


def _way(
    case: Case, officer: Staff, head: Staff, office: Staff, steps: int
) -> Iterator[tuple[_Step, Staff]]:
    """The first steps of a case's life, each with who takes it."""
    if case.is_tip_off and steps:
        yield casework.look, office
    if case.kind is Kind.DISCLOSURE_REQUEST and steps:
        yield asking.confirm_receipt, officer
    sender = office if case.kind in {Kind.TIP_OFF, Kind.PETITION} else head
    answer: list[tuple[_Step, Staff]] = [(casework.send_reply, sender)]
    if sender is office:
        answer = [(casework.sign_reply, head), *answer]
    way: list[tuple[_Step, Staff]] = [
        (casework.sign_for, officer),
        (casework.accept, officer),
        (_draft, officer),
        *answer,
        (casework.close, officer),
    ]
    yield from way[:steps]


def _draft(session: Session, case: Case, hand: Hand) -> None:
    casework.draft_reply(session, case, hand, _DRAFT)
