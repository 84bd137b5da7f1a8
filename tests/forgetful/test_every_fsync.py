"""Whichever fsync fails while a report with a recording is sent: nothing is told that isn't
kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import func, select

from admin.system.event_audit import verify
from intake.cases.case import Case
from tests.deployments import CAMPAIGNS
from tests.forgetful.disk import ForgetfulDisk
from tests.intake.pages.journey import show
from tests.running import hidden_fields, receipt_on
from tests.services.required import may_cut_power
from tests.templates import Templates

_RECORDING = (b"\xff\xfb\x90\x64" + bytes(413)) * 20


def test_whichever_fsync_fails(templates: Templates, tmp_path: Path) -> None:
    may_cut_power()
    campaign = CAMPAIGNS / "jianghan-2022"
    with (
        ForgetfulDisk(tmp_path) as disk,
        templates.copy(campaign, "sqlite", disk.mount / "data") as deployment,
    ):
        disk.put_all_down()
        citizen = deployment.citizen()
        # Of the counts of limits nothing is promised: they begin here.
        tried = [_sent(disk, citizen, 0, {})]
        # The name of the store's folder; a file, once that is there; its name; the database; none.
        tried += [_sent(disk, citizen, which, _recording()) for which in (1, 2, 2, 3, 4)]
        assert [one.fails for one in tried] == [False, True, True, True, True, False]
        assert [one.status for one in tried] == [200, 200, 200, 200, 503, 200]
        assert [one.keeps_file for one in tried] == [False, False, False, False, True, True]

        deployment.close()
        disk.cut()
        for one in tried:
            page = show(citizen, one.code).text
            assert one.words in page
            assert ("录音.mp3" in page) is one.keeps_file
        with deployment.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Case)) == len(tried)
            verify(session)


@dataclass(frozen=True)
class _Sent:
    """One report: whether an fsync failed on the way, what was answered at first, and what its
    receipt says in the end."""

    words: str
    fails: bool
    status: int
    code: str
    keeps_file: bool


def _sent(
    disk: ForgetfulDisk, citizen: FlaskClient, which: int, recording: Mapping[str, object]
) -> _Sent:
    """Send a report while that fsync fails; where it is given back, send it once more."""
    words = f"我妈的高龄津贴三个月没发了，第{disk.syncs}回写。"
    fields = _form(citizen, words)
    last = disk.syncs + which
    disk.fail_sync(which)
    answer = citizen.post("/report/complaint", data=fields | dict(recording))
    fails = which > 0 and last <= disk.syncs
    disk.fail_sync(0)
    status = answer.status_code
    if status != 200:
        assert words in answer.text
        again = dict(_recording()) if recording else {}
        answer = citizen.post("/report/complaint", data=fields | again)
    assert answer.status_code == 200
    return _Sent(words, fails, status, receipt_on(answer.text)[1], "文件收到了1个" in answer.text)


def _recording() -> Mapping[str, object]:
    return {"files": (BytesIO(_RECORDING), "录音.mp3")}


def _form(citizen: FlaskClient, words: str) -> dict[str, str]:
    fields = hidden_fields(citizen.get("/report/complaint").text)
    known = {"identity": "phone", "contact_phone": "13800138000"}
    return fields | known | {"words": words, "policy": "MZ11", "problem": "1.2"}
