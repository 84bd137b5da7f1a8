"""A reporter leaves a mail address on his own page, and stops it there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from intake.cases.case import Case
from intake.outbox.addressing import address_of
from intake.outbox.mailing import forget_mail
from intake.outbox.notice_address import NoticeAddress
from intake.outbox.notices import Occasion
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import queue_notice, words_of
from intake.part import Part, register_part
from intake.rules.sending import Medium
from intake.vault.vault import DoesNotOpen
from portal.campaign.book import book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.desk.people import Desks
from tests.admin.recorded_intake.clerk import record
from tests.conftest import MAIL
from tests.deployments import Deployment
from tests.fakes import CITIZEN, Twilio
from tests.intake.pages.journey import Page, opened, report, show
from tests.pages.markup import findings

ADDRESS = "wang.wu@example.com"
PHONE = {"identity": "phone", "contact_phone": CITIZEN.removeprefix("+86")}


def leave(client: FlaskClient, code: str, address: str = ADDRESS, **changed: str) -> Page:
    fields = show(client, code).fields | {"mail": address} | changed
    return opened(client.post("/progress/mail", data=fields))


def stop(client: FlaskClient, code: str) -> Page:
    return opened(client.post("/progress/mail/stop", data=show(client, code).fields))


def left(deployment: Deployment) -> dict[str, str]:
    """The addresses that the worker would mail to, by the number of the case."""
    with deployment.database.reading() as session:
        rows = session.execute(
            select(Case, NoticeAddress)
            .join(NoticeAddress, NoticeAddress.case_id == Case.id)
            .where(NoticeAddress.medium == Medium.MAIL)
        )
        return {
            case.number: address_of(session, case, one.sealed, Medium.MAIL) for case, one in rows
        }


def queued(deployment: Deployment) -> list[tuple[str, str]]:
    with deployment.database.reading() as session:
        wanted = select(OutboundText.medium, OutboundText.template).order_by(OutboundText.id)
        return [(str(medium), template) for medium, template in session.execute(wanted)]


def happens(deployment: Deployment, number: str, occasion: Occasion) -> None:
    with deployment.database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        queue_notice(session, case, occasion)


def test_who_leaves_an_address_is_told_by_mail_until_he_stops_it(
    mailing_on_each_database: Deployment,
) -> None:
    deployment, client = mailing_on_each_database, mailing_on_each_database.citizen()
    report(client, words="别人的事，别人也没留邮箱")
    number, code = report(client).receipt
    page = leave(client, code)
    assert (page.status, findings(page.html)) == (200, [])
    assert "已留邮箱" in page.text
    assert ADDRESS not in page.html
    assert left(deployment) == {number: ADDRESS}
    assert queued(deployment) == [("mail", "mail_wanted")]

    happens(deployment, number, Occasion.REPLIED)
    assert queued(deployment)[1:] == [("mail", "replied")]

    page = stop(client, code)
    assert "邮箱删掉了" in page.text
    assert "已留邮箱" not in page.text
    happens(deployment, number, Occasion.CLOSED)
    assert (left(deployment), len(queued(deployment))) == ({}, 2)


def test_both_media_are_told_and_closing_asks_by_text_alone(mailing: Deployment) -> None:
    client = mailing.citizen()
    number, code = report(client, **PHONE).receipt
    leave(client, code)
    happens(mailing, number, Occasion.CLOSED)
    assert queued(mailing)[1:] == [("text", "closed"), ("text", "rate"), ("mail", "closed")]


def test_the_address_lies_nowhere_but_sealed_and_opens_for_its_own_case(
    mailing: Deployment,
) -> None:
    client = mailing.citizen()
    (_, code), (other, _) = report(client).receipt, report(client, words="另一件").receipt
    leave(client, code)
    stored = b"".join(
        file.read_bytes() for file in mailing.settings.data_dir.rglob("*") if file.is_file()
    )
    assert ADDRESS.encode() not in stored
    assert b"wang.wu" not in stored
    with mailing.database.reading() as session:
        row = session.scalars(
            select(NoticeAddress).where(NoticeAddress.medium == Medium.MAIL)
        ).one()
        elsewhere = session.scalars(select(Case).where(Case.number == other)).one()
        with pytest.raises(DoesNotOpen):
            address_of(session, elsewhere, row.sealed, Medium.MAIL)


def test_who_tips_off_is_warned_and_told_news_alone(mailing: Deployment) -> None:
    client = mailing.citizen()
    number, code = report(client, "tip-off").receipt
    assert "举报的事，先想一想再留" in show(client, code).text
    leave(client, code)
    for occasion in Occasion:
        happens(mailing, number, occasion)
    assert queued(mailing) == [("mail", "mail_wanted"), ("mail", "news")]
    with mailing.database.reading() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        for text in session.scalars(select(OutboundText)):
            said = words_of(session, case, text, site="https://hotline.example.cn")
            assert number not in said
            assert code not in said


def test_an_ordinary_case_is_not_warned_of(mailing: Deployment) -> None:
    client = mailing.citizen()
    assert "先想一想" not in show(client, report(client).receipt[1]).text


def test_without_mail_nothing_is_offered(deployment: Deployment) -> None:
    client = deployment.citizen()
    _, code = report(client).receipt
    page = show(client, code)
    assert "邮" not in page.text
    assert client.post("/progress/mail", data=page.fields).status_code == 404
    assert client.post("/progress/mail/stop", data=page.fields).status_code == 404


def test_who_has_no_code_leaves_nothing(mailing: Deployment) -> None:
    client = mailing.citizen()
    _, code = report(client).receipt
    assert leave(client, code, query_code="0" * 17).status == 404
    assert leave(client, code, csrf_token="x", submission_id="y").status == 400
    assert (left(mailing), queued(mailing)) == ({}, [])


def test_a_code_that_a_clerk_saw_has_to_be_changed_first(mailing: Deployment) -> None:
    _, code = record(Desks(mailing)).receipt
    client = mailing.citizen()
    page = leave(client, code)
    assert "换一个只有您知道的查询码" in page.text
    assert left(mailing) == {}


def test_a_mailbox_is_not_filled(mailing: Deployment) -> None:
    """One client leaves an address ten times an hour; three of them are confirmed on a day."""
    client = mailing.citizen()
    answers: list[Page] = []
    for one in range(11):
        _, code = report(client, words=f"第{one}件").receipt
        answers.append(leave(client, code))
    assert [page.status for page in answers] == [200] * 10 + [429]
    assert "次数太多了" in answers[-1].text
    assert answers[-1].fields["mail"] == ADDRESS
    assert len(left(mailing)) == 10
    assert queued(mailing) == [("mail", "mail_wanted")] * 3


def test_the_same_form_twice_is_one_mail(mailing: Deployment) -> None:
    client = mailing.citizen()
    _, code = report(client).receipt
    fields = show(client, code).fields | {"mail": ADDRESS}
    for _ in range(2):
        assert client.post("/progress/mail", data=fields).status_code == 200
    assert queued(mailing) == [("mail", "mail_wanted")]


def test_texting_stop_leaves_the_mails(mailing: Deployment) -> None:
    client = mailing.citizen()
    number, code = report(client, **PHONE).receipt
    leave(client, code)
    for words in ("退订", "恢复"):
        Twilio(mailing.settings).text(client, words)
        assert left(mailing) == {number: ADDRESS}


def test_a_withdrawn_case_keeps_no_address(mailing: Deployment) -> None:
    client = mailing.citizen()
    _, code = report(client).receipt
    leave(client, code)
    fields = show(client, code).fields
    client.post("/progress/withdraw", data=fields | {"confirmed": "yes"})
    assert left(mailing) == {}
    late = client.post("/progress/mail", data=fields | {"mail": ADDRESS})
    assert late.status_code == 409
    assert left(mailing) == {}


@pytest.mark.parametrize(
    ("slug", "kind", "told"),
    [
        ("complaint", Kind.COMPLAINT, 2),
        ("complaint", Kind.TIP_OFF, 1),
        ("tip-off", Kind.COMPLAINT, 1),
    ],
)
def test_a_part_is_told_of_where_that_says_nothing_of_an_accusation(
    mailing: Deployment, slug: str, kind: Kind, told: int
) -> None:
    client = mailing.citizen()
    number, code = report(client, slug).receipt
    leave(client, code)
    office = mailing.add_staff("chen", ("BGS", Role.OFFICE))
    with mailing.database.writing() as session:
        whole = session.scalars(select(Case).where(Case.number == number)).one()
        part = Part(whole, "还有一件：路灯坏了", kind, None, None, "RS")
        register_part(session, part, book(session), by=office)
    assert len(left(mailing)) == told


def test_whose_address_it_is_has_it_forgotten(mailing: Deployment) -> None:
    client = mailing.citizen()
    for words, address in (("一", ADDRESS), ("二", ADDRESS.upper()), ("三", "lin@example.com")):
        leave(client, report(client, words=words).receipt[1], address)
    with mailing.database.writing() as session:
        assert forget_mail(session, ADDRESS) == 2
    assert list(left(mailing).values()) == ["lin@example.com"]


@pytest.fixture
def statements(mailing: Deployment) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engine = mailing.public.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def test_the_page_asks_once_more_than_without_mail(
    mailing: Deployment, statements: list[str]
) -> None:
    client = mailing.citizen()
    _, code = report(client).receipt
    statements.clear()
    show(client, code)
    assert sum("notice_address" in one for one in statements) == 1


def test_mail_is_taken_at_any_hour(mailing: Deployment) -> None:
    client = mailing.citizen()
    _, code = report(client).receipt
    leave(client, code)
    with mailing.database.reading() as session:
        assert session.scalars(select(OutboundText)).one().next_at <= clock.now()
    assert mailing.settings.mail_from == MAIL["MAIL_FROM"]
