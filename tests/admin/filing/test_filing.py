"""Filing a case: what the package holds, who gets which half, and whether it is still the same."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from html import unescape

from pyzipper import AESZipFile
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from intake.cases.case import Identity
from intake.cases.event import Event
from intake.rules.lifecycle import State
from portal.foundation import clock
from tests.admin.desk.people import NOISE, TIP_OFF, Desks
from tests.admin.desk.sent_files import FORM, SCAN, accepted, drafts, sends
from tests.admin.documents.papers import PETITION, issued
from tests.admin.referrals.steps import find, passphrase_in, read

SECRET = "他在青萝巷口收的钱"


def press(desks: Desks, name: str, number: str, half: str, **typed: str) -> TestResponse:
    """Press a button of a case's filing page."""
    data = {**desks.token(name), "version": str(desks.stored(number).version)}
    return desks.at(name).post(f"/staff/filing/{number}/{half}", data=data | typed)


def over(desks: Desks, number: str) -> str:
    """Let a case be closed, long enough ago that nobody may object."""
    desks.change(number, state=State.CLOSED)
    return number


def opened(content: bytes, passphrase: str) -> dict[str, bytes]:
    with AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(passphrase.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def filed(desks: Desks, number: str) -> tuple[bytes, dict[str, bytes]]:
    """Take both halves, each by another person: the locked file and what it holds."""
    taken = press(desks, "office", number, "file")
    assert taken.status_code == 200, unescape(taken.text)
    page = press(desks, "office-head", number, "passphrase")
    assert page.status_code == 200, unescape(page.text)
    return taken.data, opened(taken.data, passphrase_in(page.text))


def answered_petition(desks: Desks) -> tuple[str, str]:
    """A petition that was answered and closed: its number, and the key of its formal opinion."""
    number = desks.case(PETITION)
    desks.through(number, ("mz-officer", "sign-for", ""))
    desks.act("mz-officer", number, "accept-petition", route="6")
    key = issued(desks, number)
    desks.through(
        number,
        ("mz-officer", "note", "内部看过账"),
        ("mz-officer", "draft", "已经补发"),
        ("mz-head", "sign", ""),
        ("office", "release", ""),
        ("mz-officer", "close", ""),
    )
    return number, key


def test_a_package_holds_the_files_of_both_sides_each_once(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number, _ = accepted(desks)
    sends(desks, "mz-officer", number, "ask", FORM, words="请填附件1")
    drafts(desks, number, SCAN)
    desks.through(number, ("mz-head", "reply", ""))
    _, files = filed(desks, over(desks, number))

    assert sorted(name for name in files if name.startswith("附件")) == [
        "附件.txt",
        "附件01.mp3",
        "附件02.jpg",
    ]
    assert files["附件01.mp3"] == FORM[1]
    said = files["附件.txt"].decode("utf-8-sig")
    assert "附件01.mp3　问您的事附件1.mp3" in said
    assert "附件02.jpg　扫描.jpg、答复附件1.jpg" in said


def last_digest(desks: Desks, number: str) -> str:
    """The digest of what happened last to a case."""
    of_case = Event.case_id == desks.stored(number).id
    with desks.deployment.database.reading() as session:
        wanted = select(Event.digest).where(of_case).order_by(Event.seq.desc())
        return session.scalars(wanted).all()[0].hex()


def test_a_package_holds_all_of_a_case(desks: Desks) -> None:
    desks.case(NOISE, words="别人的事")
    number, key = answered_petition(desks)
    digest = last_digest(desks, number)

    taken = press(desks, "office", number, "file", all_the_same="y")
    page = press(desks, "office-head", number, "passphrase")
    files = opened(taken.data, passphrase_in(page.text))

    texts = {n: c.decode("utf-8-sig") for n, c in files.items() if n.endswith(".txt")}
    assert PETITION.words in texts["来件.txt"]
    assert "已经补发" in texts["往来.txt"]
    assert "内部看过账" in texts["内部.txt"]
    assert "签发信访处理意见书" in texts["经过.txt"]
    assert "【办结】最晚" in texts["期限.txt"]
    assert "13907123456" in texts["联系方式.txt"]
    assert "13907123456" not in "".join(t for n, t in texts.items() if n != "联系方式.txt")
    assert "别人的事" not in "".join(texts.values())
    assert digest in texts["清单.txt"]
    assert files[f"文书/{key}-handling-opinion.docx"].startswith(b"PK")


def test_the_list_in_a_package_matches_and_its_digest_is_in_the_chain(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    desks.case(NOISE)
    number = over(desks, desks.case())

    content, files = filed(desks, number)

    lines = files["SHA256SUMS"].decode().splitlines()
    assert sorted(lines) == sorted(
        f"{hashlib.sha256(content).hexdigest()}  {name}"
        for name, content in files.items()
        if name != "SHA256SUMS"
    )
    sha256 = hashlib.sha256(content).hexdigest()
    with desks.deployment.database.reading() as session:
        noted = session.scalars(select(Event).where(Event.name == "filed")).one()
        assert noted.facts["sha256"] == sha256
    assert desks.deployment.run("verify-audit").exit_code == 0
    assert sha256[:16] in read(desks, "office", "/staff/filing?part=filed")
    assert number not in read(desks, "office", "/staff/filing")


def test_as_long_as_its_reporter_may_object_it_takes_a_word_more(desks: Desks) -> None:
    number, _ = answered_petition(desks)
    assert "以前来件人还能提异议" in read(desks, "office", "/staff/filing")

    refused = press(desks, "office", number, "file")

    assert refused.status_code == 409
    assert "来件人还能提异议" in refused.text
    assert press(desks, "office", number, "file", all_the_same="y").status_code == 200


def test_an_open_case_is_not_filed(desks: Desks) -> None:
    number = desks.case()
    assert "还不能归档" in read(desks, "office", f"/staff/filing/{number}")
    assert press(desks, "office", number, "file").status_code == 409
    assert press(desks, "office", number, "file", all_the_same="y").status_code == 409
    assert number not in read(desks, "office", "/staff/filing")


def test_one_person_does_not_get_both_halves(desks: Desks) -> None:
    number = over(desks, desks.case())
    assert press(desks, "office", number, "passphrase").status_code == 409
    assert press(desks, "office", number, "file").status_code == 200
    refused = press(desks, "office", number, "passphrase")
    assert refused.status_code == 409
    assert "口令要由另一个人取" in refused.text
    assert "等另一个人取口令" in read(desks, "office-head", "/staff/filing")
    assert press(desks, "office-head", number, "passphrase").status_code == 200
    assert press(desks, "office-head", number, "passphrase").status_code == 409


def test_what_a_body_has_not_ended_keeps_a_case_from_the_files(desks: Desks) -> None:
    number = desks.case(TIP_OFF)
    find(desks, number)
    over(desks, number)
    refused = press(desks, "office", number, "file")
    assert refused.status_code == 409
    assert "移送的还没有了结" in refused.text
    assert press(desks, "office", number, "file", all_the_same="y").status_code == 200


def test_a_package_is_held_against_its_record(desks: Desks) -> None:
    number = over(desks, desks.case())
    content, _ = filed(desks, number)

    def checks(name: str, brought: bytes) -> TestResponse:
        data = {**desks.token(name), "file": (io.BytesIO(brought), "case.zip")}
        return desks.at(name).post("/staff/filing-check", data=data)

    same = checks("office", content)
    assert "一个字节都没有变" in same.text
    assert number in same.text
    changed = checks("office", content[:-1] + bytes([content[-1] ^ 1]))
    assert "和归档的记录对不上" in changed.text
    assert checks("office", b"").status_code == 422
    # Whoever doesn't decide about the case learns nothing of it.
    other = checks("discipline", content)
    assert "和归档的记录对不上" in other.text
    assert number not in other.text
    read(desks, "office", "/staff/filing-check")


def test_whom_it_accuses_finds_nothing_of_it(desks: Desks) -> None:
    desks.at("discipline")
    names = ("mz-officer", "mz-head", "discipline")
    pages = ("/staff/filing", "/staff/filing?part=filed", "/staff/cases?tab=closed")
    before = {(name, path): desks.get(name, path).data for name in names for path in pages}
    number = over(desks, desks.case(TIP_OFF, accused="区民政局", words=SECRET))
    filed(desks, number)

    for name in names:
        for path in pages:
            assert desks.get(name, path).data == before[name, path], (name, path)
        assert desks.get(name, f"/staff/filing/{number}").status_code == 404
        for half in ("file", "passphrase"):
            assert press(desks, name, number, half).status_code == 404


def test_what_accuses_the_office_is_filed_by_the_body_in_its_stead(desks: Desks) -> None:
    desks.at("discipline")
    number = over(desks, desks.case(TIP_OFF, accused="领导小组办公室", words=SECRET))
    assert number not in read(desks, "office", "/staff/filing")
    assert desks.get("office", f"/staff/filing/{number}").status_code == 404
    assert number in read(desks, "discipline", "/staff/filing")
    assert press(desks, "discipline", number, "file").status_code == 200


def test_what_is_added_later_is_filed_anew(desks: Desks) -> None:
    number = over(desks, desks.case())
    filed(desks, number)
    assert number not in read(desks, "office", "/staff/filing")

    desks.change(number, last_act_at=clock.now() + timedelta(seconds=1))

    assert number in read(desks, "office", "/staff/filing")


def test_without_a_name_there_is_no_file_of_it(desks: Desks) -> None:
    anonymous = over(desks, desks.case())
    _, files = filed(desks, anonymous)
    assert "联系方式.txt" not in files
    known = over(desks, desks.case(identity=Identity.PHONE, contact_phone="13900001234"))
    _, files = filed(desks, known)
    assert files["联系方式.txt"].decode("utf-8-sig") == "13900001234"


def test_the_list_costs_the_same_however_long_it_is(desks: Desks) -> None:
    def cost() -> int:
        statements: list[str] = []
        engine = desks.deployment.staff.extensions["database"].engine

        def note(*given: object) -> None:
            statements.append(str(given[2]))

        event.listen(engine, "before_cursor_execute", note)
        read(desks, "office", "/staff/filing")
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    over(desks, desks.case())
    read(desks, "office", "/staff/filing")
    few = cost()
    for _ in range(4):
        over(desks, desks.case())
    assert cost() == few
