"""A case for a body without an account: an alarm without content, and a package in two halves."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from pyzipper import AESZipFile

from intake.cases.case import Identity
from portal.foundation import clock
from portal.foundation.staff import Role, Staff
from tests.admin.desk.people import NOISE, TIP_OFF, Desks, filled
from tests.admin.desk.reporter import adds, page_of
from tests.pages.checks import check_html

ALL_ABOVE = "领导小组办公室、区纪委监委"
SECRET = "他们在青萝巷口收的钱"


def sent(desks: Desks, **changed: object) -> tuple[str, str]:
    """A case that accuses both who decide: its number and its query code."""
    desks.case(NOISE)
    given = {"draft": TIP_OFF, "accused": ALL_ABOVE, "words": SECRET} | changed
    registered = desks.register(**given)  # type: ignore[arg-type]
    assert registered.case.unit_code == "SJW"
    return registered.case.number, registered.query_code


def alarms(desks: Desks, name: str) -> str:
    page = desks.get(name, "/staff/alarms")
    assert page.status_code == 200
    assert check_html(page.text, thorough=False) == []
    return page.text


def press(desks: Desks, name: str, path: str, **typed: str) -> tuple[int, bytes]:
    """Send the form of the alarm page that leads there."""
    page = desks.get(name, "/staff/alarms").text
    answer = desks.at(name).post(path, data=filled(page) | typed)
    return answer.status_code, answer.data


def file_path(page: str) -> str:
    found = re.search(r'action="[^"]*(/staff/alarms/[^"/]+/file)"', page)
    assert found is not None, page
    return found[1]


def package_path(page: str) -> str:
    found = re.search(r'action="[^"]*(/staff/alarms/MF[^"/]+)/passphrase"', page)
    assert found is not None, page
    return found[1]


def passphrase_in(page: bytes) -> str:
    found = re.search(r'class="code">([A-Z0-9-]+)<', page.decode())
    assert found is not None
    return found[1]


def opened(content: bytes, passphrase: str) -> dict[str, str]:
    with AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(passphrase.encode())
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_the_file_of_one_and_the_words_of_another_open_the_package(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number, code = sent(desks, identity=Identity.PHONE, contact_phone="13900001234")

    status, content = press(desks, "auditor", file_path(alarms(desks, "auditor")))
    assert status == 200
    assert SECRET.encode() not in content
    path = package_path(alarms(desks, "second-auditor"))
    status, page = press(desks, "second-auditor", f"{path}/passphrase")
    assert status == 200

    files = opened(content, passphrase_in(page))
    assert sorted(files) == sorted(["说明.txt", "内容.txt", "联系方式.txt"])
    assert SECRET in files["内容.txt"]
    assert ALL_ABOVE in files["内容.txt"]
    assert "13900001234" not in files["内容.txt"] + files["说明.txt"]
    assert files["联系方式.txt"] == "13900001234"
    assert number in files["说明.txt"]
    assert "上级纪检监察机关" in files["说明.txt"]
    with pytest.raises(RuntimeError):
        opened(content, "AAAA-AAAA-AAAA-AAAA-AAAA")

    day = clock.today().isoformat()
    answer = desks.at("auditor").post(
        f"{path}/delivery",
        data=filled(desks.get("auditor", f"{path}/delivery").text)
        | {"delivered_on": day, "receipt": "收字7号"},
    )
    assert answer.status_code == 303
    assert "没有须由专人移交的件" in alarms(desks, "auditor")
    assert "已转有权机关" in page_of(desks, code).text


def test_the_alarm_says_nothing_of_the_case(desks: Desks) -> None:
    number, _ = sent(desks)

    for name in ("auditor", "second-auditor"):
        page = alarms(desks, name)
        assert "有1件须由专人移交，内容这里看不到" in page
        for secret in (number, SECRET, "高龄津贴", "举报", "领导小组办公室、"):
            assert secret not in page


def test_whom_it_accuses_and_whom_nobody_named_hear_of_nothing(desks: Desks) -> None:
    hearers = ("discipline", "admin", "office-head")
    before = {name: alarms(desks, name) for name in hearers}
    sent(desks)
    path = file_path(alarms(desks, "auditor"))

    assert {name: alarms(desks, name) for name in hearers} == before
    for name in hearers:
        assert press(desks, name, path)[0] == 404
    for name in ("mz-officer", "office", "publisher"):
        assert desks.get(name, "/staff/alarms").status_code == 404
        fields = filled(desks.get(name, "/staff/account").text)
        assert desks.at(name).post(path, data=fields).status_code == 404


def test_who_has_the_file_may_not_have_the_passphrase(desks: Desks) -> None:
    sent(desks)
    press(desks, "auditor", file_path(alarms(desks, "auditor")))
    path = package_path(alarms(desks, "second-auditor"))

    status, page = press(desks, "auditor", f"{path}/passphrase")

    assert status == 409
    assert "口令要由另一个人取" in page.decode()
    assert press(desks, "second-auditor", f"{path}/passphrase")[0] == 200


def test_a_passphrase_is_read_once(desks: Desks) -> None:
    sent(desks)
    press(desks, "auditor", file_path(alarms(desks, "auditor")))
    path = package_path(alarms(desks, "second-auditor"))

    assert press(desks, "second-auditor", f"{path}/passphrase")[0] == 200
    assert press(desks, "second-auditor", f"{path}/passphrase")[0] == 404


def test_a_file_taken_anew_makes_the_old_one_worthless(desks: Desks) -> None:
    sent(desks)
    _, old = press(desks, "auditor", file_path(alarms(desks, "auditor")))
    old_path = package_path(alarms(desks, "second-auditor"))
    _, new = press(desks, "auditor", file_path(alarms(desks, "auditor")))
    path = package_path(alarms(desks, "second-auditor"))

    assert path != old_path
    assert press(desks, "second-auditor", f"{old_path}/passphrase")[0] == 404
    passphrase = passphrase_in(press(desks, "second-auditor", f"{path}/passphrase")[1])
    assert SECRET in opened(new, passphrase)["内容.txt"]
    with pytest.raises(RuntimeError):
        opened(old, passphrase)


def test_nothing_is_delivered_before_both_halves_are_on_their_way(desks: Desks) -> None:
    _, code = sent(desks)
    press(desks, "auditor", file_path(alarms(desks, "auditor")))
    path = package_path(alarms(desks, "second-auditor"))
    fields = filled(desks.get("auditor", f"{path}/delivery").text)

    answer = desks.at("auditor").post(f"{path}/delivery", data=fields)

    assert answer.status_code == 404
    assert "已转有权机关" not in page_of(desks, code).text


def test_a_day_to_come_is_asked_for_again(desks: Desks) -> None:
    sent(desks)
    press(desks, "auditor", file_path(alarms(desks, "auditor")))
    path = package_path(alarms(desks, "second-auditor"))
    press(desks, "second-auditor", f"{path}/passphrase")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    fields = filled(desks.get("auditor", f"{path}/delivery").text)

    answer = desks.at("auditor").post(
        f"{path}/delivery", data=fields | {"delivered_on": tomorrow, "receipt": "收字7号"}
    )

    assert answer.status_code == 422
    assert "这一天还没有到" in answer.text
    assert "收字7号" in answer.text


def test_a_case_that_accuses_everybody_who_could_act_on_it_raises_the_alarm(desks: Desks) -> None:
    desks.at("office")
    desks.deployment.add_staff("reader", ("JW", Role.DISCIPLINE), display="沈某样例")
    desks.browsers["reader"] = desks.deployment.officer("reader")
    desks.case(TIP_OFF, accused="区民政局")
    assert "没有须由专人移交的件" in alarms(desks, "auditor")

    desks.case(TIP_OFF, accused="领导小组办公室、沈某样例", words=SECRET)

    page = alarms(desks, "auditor")
    assert "有1件须由专人移交" in page
    assert "移交上级纪检监察机关" in page
    assert "没有须由专人移交的件" in alarms(desks, "reader")
    _, content = press(desks, "auditor", file_path(page))
    path = package_path(alarms(desks, "second-auditor"))
    passphrase = passphrase_in(press(desks, "second-auditor", f"{path}/passphrase")[1])
    assert SECRET in opened(content, passphrase)["内容.txt"]


def test_what_is_added_after_the_delivery_is_carried_too(desks: Desks) -> None:
    _, code = sent(desks)
    press(desks, "auditor", file_path(alarms(desks, "auditor")))
    path = package_path(alarms(desks, "second-auditor"))
    press(desks, "second-auditor", f"{path}/passphrase")
    fields = filled(desks.get("auditor", f"{path}/delivery").text)
    assert desks.at("auditor").post(f"{path}/delivery", data=fields).status_code == 303
    assert "没有须由专人移交的件" in alarms(desks, "auditor")

    adds(desks, code, "证据在第三个抽屉里")

    page = alarms(desks, "auditor")
    assert "有1件须由专人移交" in page
    _, content = press(desks, "auditor", file_path(page))
    path = package_path(alarms(desks, "second-auditor"))
    passphrase = passphrase_in(press(desks, "second-auditor", f"{path}/passphrase")[1])
    assert "证据在第三个抽屉里" in opened(content, passphrase)["内容.txt"]


def test_where_the_last_reader_leaves_the_office_is_told_and_nothing_of_the_case(
    desks: Desks,
) -> None:
    desks.at("discipline")
    assert "密件还没有第二位阅读人" in desks.get("office", "/staff/cases").text
    desks.case(TIP_OFF, accused="领导小组办公室", words=SECRET)
    assert "没有须由专人移交的件" in alarms(desks, "auditor")

    with desks.deployment.database.writing() as session:
        reader = desks.deployment.staff_id(session, "discipline")
        session.get_one(Staff, reader).active = False

    assert "没有须由专人移交的件" in alarms(desks, "auditor")
    assert "密件还没有阅读人" in desks.get("office", "/staff/cases").text


def test_as_long_as_somebody_can_act_nobody_is_alarmed(desks: Desks) -> None:
    desks.at("office")
    desks.case(TIP_OFF, accused="民政甲经办", words=SECRET)
    assert "没有须由专人移交的件" in alarms(desks, "auditor")
