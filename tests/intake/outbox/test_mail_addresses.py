"""What a reporter types as his mail address: strict, forgiving of width and case, never lost."""

from __future__ import annotations

import pytest

from tests.deployments import Deployment
from tests.intake.outbox.test_mailing import leave, left
from tests.intake.pages.journey import report
from tests.pages.markup import findings


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "wang",
        "wang@",
        "wang@localhost",
        "wang@127.0.0.1",
        "wang wu@example.com",
        "a@b@example.com",
        '"wang"@example.com',
        "wang%example.com@relay.example",
        "wang@example.com\r\nBcc: lin@example.com",
        "wang@example.com,lin@example.com",
        "王@example.com",
        f"{'w' * 65}@example.com",
    ],
)
def test_what_is_no_address_comes_back_as_typed(mailing: Deployment, typed: str) -> None:
    client = mailing.citizen()
    _, code = report(client).receipt
    page = leave(client, code, typed)
    assert (page.status, findings(page.html)) == (422, [])
    assert "有误：查进度" in page.html
    assert page.fields["mail"] == " ".join(typed.split())
    assert left(mailing) == {}


@pytest.mark.parametrize(
    ("typed", "mailed"),
    [
        (" Wang.Wu@EXAMPLE.com ", "Wang.Wu@example.com"),
        ("ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "wang@example.com"),
        ("wang@xn--fiq228c.example", "wang@xn--fiq228c.example"),
        ("wang@中文.中国", "wang@xn--fiq228c.xn--fiqs8s"),
        ("wang+xin@mail.example.cn", "wang+xin@mail.example.cn"),
    ],
)
def test_what_is_an_address(mailing: Deployment, typed: str, mailed: str) -> None:
    client = mailing.citizen()
    number, code = report(client).receipt
    assert leave(client, code, typed).status == 200
    assert left(mailing) == {number: mailed}
