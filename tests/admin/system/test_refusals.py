"""What is refused is counted and nothing else is kept of it; who is refused again and again is
asked about, whether or not there is anything where he looked."""

from __future__ import annotations

import re

from tests.admin.accounts.site import OPEN_COOKIE, OPEN_TOKEN
from tests.admin.desk.people import NOISE, Desks
from tests.deployments import Deployment
from tests.fakes import Twilio

DAY = "2022-07-05"


def told(desks: Desks, name: str) -> list[str]:
    """The sentences on who was refused often."""
    return re.findall(
        r"<p>([^<]+次打开没有的[^<]+|[^<]+输错了[^<]+)</p>", desks.get(name, "/staff/readings").text
    )


def looks(desks: Desks, name: str, number: str, times: int) -> None:
    """Ask for a case so many times, in vain."""
    for _ in range(times):
        assert desks.get(name, f"/staff/cases/{number}").status_code == 404


def kept(deployment: Deployment) -> bytes:
    """All that the file of counts holds."""
    folder = deployment.settings.database_dir
    return b"".join(file.read_bytes() for file in folder.glob("limits.db*"))


def test_who_looks_for_what_he_may_not_see_is_asked_about(desks: Desks) -> None:
    with desks.on(DAY):
        number = desks.case(NOISE)
        looks(desks, "mz-officer", number, 21)
        # Nothing is there, and nobody learns which of the two it was.
        looks(desks, "mz-second", "JH220705ZZZZ", 21)
        looks(desks, "rs-officer", "JH220705ZZZZ", 20)
        assert desks.get("rs-officer", f"/staff/cases/{number}").status_code == 200
        assert desks.get("mz-head", "/staff/system").status_code == 404

        said = told(desks, "auditor")
        assert sorted(said) == sorted(told(desks, "office-head"))
        assert sorted(said) == [
            "民政乙经办7月5日有21次打开没有的或者不给他看的页面，请问一问为什么。",
            "民政甲经办7月5日有21次打开没有的或者不给他看的页面，请问一问为什么。",
        ]
        assert said[0] in desks.get("auditor", "/staff/events").text
        assert said[0] in desks.get("office-head", "/staff/cases").text
        assert "请问一问" not in desks.get("mz-officer", "/staff/cases").text
        assert number.encode() not in kept(desks.deployment)
    with desks.on("2022-07-13"):
        assert len(told(desks, "auditor")) == 2
        assert "请问一问" not in desks.get("auditor", "/staff/events").text
    with desks.on("2022-08-10"):
        assert told(desks, "auditor") == []


def test_nobody_hears_of_himself_and_of_the_offices_head_others_do(desks: Desks) -> None:
    with desks.on(DAY):
        looks(desks, "office-head", "JH220705ZZZZ", 21)
        looks(desks, "auditor", "JH220705ZZZZ", 21)
        assert [one[:3] for one in told(desks, "auditor")] == ["办公乙"]
        assert [one[:3] for one in told(desks, "discipline")] == ["办公乙"]
        assert [one[:3] for one in told(desks, "office-head")] == ["审计甲"]


def test_failed_sign_ins_are_kept_for_whoever_has_that_name(desks: Desks) -> None:
    with desks.on(DAY):
        desks.get("mz-officer", "/staff/cases")
    client = desks.deployment.staff.test_client()
    for name in ("hh_form", "__Host-hh_form"):
        client.set_cookie(name, OPEN_COOKIE)
    for hour in range(1, 12):
        with desks.on(DAY, hour=hour):
            for name in ("mz-officer", "nobody-here"):
                typed = {"name": name, "password": "wrong", "code": "000000", **OPEN_TOKEN}
                assert client.post("/staff/sign-in", data=typed).status_code == 422
    with desks.on(DAY, hour=13):
        said = "民政甲经办的登录名7月5日输错了11次，可能有人在猜密码，请问一问本人。"
        assert told(desks, "auditor") == [said]
        page = desks.get("admin", "/staff/system").text
        assert counted(page)["登录：登录名、密码或者验证码不对"] == ("22", "22")
        assert b"nobody-here" not in kept(desks.deployment)


def counted(page: str) -> dict[str, tuple[str, str]]:
    """What the system administrator reads: today, and in seven days."""
    row = r'<th scope="row">([^<]+)</th>\s*<td class="number">(\d+)</td>\s*<td class="number">(\d+)'
    return {what: (today, week) for what, today, week in re.findall(row, page)}


def test_the_system_administrator_reads_how_much_and_nothing_else(desks: Desks) -> None:
    twilio, citizen = Twilio(desks.deployment.settings), desks.deployment.citizen()
    with desks.on("2022-07-04"):
        forged = citizen.post("/sms/twilio", data=twilio.form("高龄津贴没发"))
        assert forged.status_code == 403
    with desks.on(DAY):
        for path in ("/sms/twilio", "/sms/twilio/status?text=1"):
            assert citizen.post(path, data=twilio.form("高龄津贴没发")).status_code in {403, 404}
        for code in ("00000000000000000", "abc"):
            assert citizen.post("/progress", data={"query_code": code}).status_code == 404
        looks(desks, "mz-officer", "JH220705ZZZZ", 1)
        found = counted(desks.get("admin", "/staff/system").text)
    assert found["查进度：查询码不对"] == ("2", "2")
    assert found["工作人员打开没有的或者不给他看的页面"] == ("1", "1")
    today, week = found["短信：不是运营商送来的"]
    assert int(week) == int(today) + 1
    assert int(today) >= 1
