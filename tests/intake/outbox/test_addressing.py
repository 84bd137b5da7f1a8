"""A number is sealed to the worker when a case comes, and forgotten when its owner says so."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.cases.case import Case, Channel, Identity
from intake.draft import Draft
from intake.outbox.addressing import address_of, as_texted
from intake.outbox.notice_address import NoticeAddress
from intake.part import Part, register_part
from intake.progress import look_up, withdraw
from intake.register import register
from intake.rules.sending import Medium
from intake.vault.intake_key import IntakeKey
from intake.vault.vault import DoesNotOpen, NoMasterKey, Vault, vault_of
from portal.campaign.book import book
from portal.campaign.kinds import Kind
from portal.foundation.staff import Role
from tests.deployments import Deployment
from tests.fakes import CITIZEN, Twilio
from tests.intake.pages.journey import report, send

PHONE = CITIZEN.removeprefix("+86")


def file(deployment: Deployment, **said: object) -> str:
    given = {
        "channel": Channel.WEB,
        "kind": Kind.COMPLAINT,
        "words": "高龄津贴三个月没发",
        "submission": f"one {said}",
        "identity": Identity.PHONE,
        "contact_phone": PHONE,
    }
    with deployment.database.writing() as session:
        return register(session, Draft(**(given | said))).query_code  # type: ignore[arg-type]


def addresses(deployment: Deployment) -> list[str]:
    """The numbers that the worker would text."""
    with deployment.database.reading() as session:
        rows = session.execute(
            select(Case, NoticeAddress).join(NoticeAddress, NoticeAddress.case_id == Case.id)
        )
        return [address_of(session, case, address.sealed) for case, address in rows]


def text(deployment: Deployment, body: str) -> list[str]:
    return Twilio(deployment.settings).text(deployment.citizen(), body)


def test_the_worker_reads_it_and_the_public_process_doesnt(on_each_database: Deployment) -> None:
    file(on_each_database)
    assert addresses(on_each_database) == [CITIZEN]
    vault: Vault = on_each_database.public.extensions["vault"]
    with pytest.raises(NoMasterKey):
        vault.open_as_worker(b"", b"")


def test_it_opens_for_its_own_case_only(deployment: Deployment) -> None:
    file(deployment)
    file(deployment, submission="another")
    with deployment.database.reading() as session:
        first, second = session.scalars(select(Case).order_by(Case.id))
        sealed = session.get_one(NoticeAddress, (first.id, Medium.TEXT)).sealed
        assert CITIZEN.encode() not in sealed
        with pytest.raises(DoesNotOpen):
            address_of(session, second, sealed)


def test_who_texts_is_texted_back_of_a_tip_off_too(deployment: Deployment) -> None:
    text(deployment, "我举报社区主任把我的低保钱拿走了")
    assert addresses(deployment) == [CITIZEN]


def test_who_opts_out_is_forgotten_and_known_again(deployment: Deployment) -> None:
    text(deployment, "我妈的高龄津贴三个月没发了")
    file(deployment)
    file(deployment, contact_phone="13900000000", submission="somebody else's")
    text(deployment, "退订")
    assert addresses(deployment) == ["+8613900000000"]
    text(deployment, "恢复")
    assert sorted(addresses(deployment)) == ["+8613900000000", CITIZEN, CITIZEN]


def test_a_withdrawn_case_keeps_no_number(deployment: Deployment) -> None:
    code = file(deployment)
    with deployment.database.writing() as session:
        withdraw(session, look_up(session, code, to_change=True))
    assert addresses(deployment) == []


def test_a_draft_that_says_nothing_of_texts_has_the_same_content_as_before() -> None:
    draft = Draft(channel=Channel.TEXT, kind=Kind.COMPLAINT, words="没发", submission="SM1")
    assert b"texts_wanted" not in draft.content


def test_the_form_of_a_tip_off_asks_and_the_others_say(deployment: Deployment) -> None:
    citizen = deployment.citizen()
    asked = citizen.get("/report/tip-off").text
    assert 'name="texts_wanted"' in asked
    assert "checked" not in asked
    said = citizen.get("/report/complaint").text
    assert 'name="texts_wanted"' not in said
    assert "我们发短信告诉您" in said


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13912345678", "+8613912345678"),
        ("139 1234 5678", "+8613912345678"),
        ("+8613912345678", "+8613912345678"),
        ("+447700900123", "+447700900123"),
        ("027-85481234", None),
        ("12345", None),
        ("", None),
    ],
)
def test_what_can_be_texted(typed: str, number: str | None) -> None:
    assert as_texted(typed) == number


def test_without_the_workers_key_nothing_is_sealed(deployment: Deployment) -> None:
    """A public host whose pinned keys are older: the case is registered, and nobody is texted."""
    with deployment.database.writing() as session:
        known = vault_of(session)
        pins = type(known.pins)(known.pins.verify, known.pins.recovery, None)
        session.info["vault"] = Vault(intake_keys=(IntakeKey(b"i" * 32),), pins=pins, master=None)
        draft = Draft(
            channel=Channel.WEB,
            kind=Kind.COMPLAINT,
            words="没发",
            submission="two",
            identity=Identity.PHONE,
            contact_phone=PHONE,
        )
        register(session, draft)
    assert addresses(deployment) == []


@pytest.mark.parametrize(("typed", "texted"), [({"texts_wanted": "y"}, [CITIZEN]), ({}, [])])
def test_a_tip_off_by_web_is_texted_if_its_writer_ticked_it(
    deployment: Deployment, typed: dict[str, str], texted: list[str]
) -> None:
    citizen, contact = deployment.citizen(), {"identity": "phone", "contact_phone": PHONE}
    looked = report(citizen, "tip-off", **contact, **typed, check="yes")
    assert ("短信通知 要" in looked.text) is bool(typed)
    assert addresses(deployment) == []
    assert send(citizen, looked, "tip-off").receipt
    assert addresses(deployment) == texted


def test_who_ticks_it_and_stays_anonymous_is_not_texted(deployment: Deployment) -> None:
    typed = {"identity": "anonymous", "contact_phone": PHONE, "texts_wanted": "y"}
    assert report(deployment.citizen(), "tip-off", **typed).receipt
    assert addresses(deployment) == []


@pytest.mark.parametrize(
    ("whole", "texted"),
    [
        pytest.param({}, 2, id="of an ordinary case"),
        pytest.param({"kind": Kind.TIP_OFF, "texts_wanted": True}, 1, id="of a tip-off"),
        pytest.param({"keep_from_unit": True}, 1, id="of what its writer hides from a unit"),
    ],
)
def test_the_part_of_a_case_is_told_of_where_it_may_name_its_writer(
    deployment: Deployment, whole: dict[str, object], texted: int
) -> None:
    """Whoever gets a part of an accusation doesn't learn that its writer can be reached."""
    file(deployment, **whole)
    office = deployment.add_staff("chen", ("BGS", Role.OFFICE))
    with deployment.database.writing() as session:
        case = session.scalars(select(Case)).one()
        part = Part(case, "还有一件：路灯坏了", Kind.COMPLAINT, None, None, "RS")
        register_part(session, part, book(session), by=office)
    assert addresses(deployment) == [CITIZEN] * texted
