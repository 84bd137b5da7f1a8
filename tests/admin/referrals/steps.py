"""What people do with referrals, in their browsers."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape

from pyzipper import AESZipFile
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.cases.referral import Referral
from intake.dates import clocks_of, happened
from intake.register import Registered
from portal.campaign.book import book
from tests.admin.desk.people import TIP_OFF, Desks, filled
from tests.pages.checks import check_html

REASON = "查到他截留了三户老人的津贴，涉嫌违纪"


def read(desks: Desks, name: str, path: str, status: int = 200) -> str:
    """A page, whose markup is checked on the way."""
    answer = desks.get(name, path)
    assert answer.status_code == status, (path, answer.status_code)
    if status != 404:
        assert check_html(answer.text, thorough=False) == []
    return answer.text


def send(desks: Desks, name: str, path: str, **typed: str) -> TestResponse:
    """Open a page and send its last form with what is typed."""
    return desks.at(name).post(path, data=fields(desks, name, path) | typed)


def fields(desks: Desks, name: str, path: str) -> dict[str, str]:
    """What a browser sends of a page's last form if nobody changes anything; for whom there is no
    such page, what every form carries."""
    page = desks.get(name, path)
    return filled(page.text) if "<form" in page.text else desks.token(name)


def tip_off(desks: Desks, **changed: object) -> Registered:
    """A tip-off that the office gave to a department."""
    registered = desks.register(TIP_OFF, **changed)
    answer = desks.act("office", registered.case.number, "sort", unit="MZ", freed="MZ")
    assert answer.status_code == 303, unescape(answer.text)
    return registered


def find(desks: Desks, number: str, level: str = "district", **typed: str) -> str:
    """The office finds that a matter is another body's; returns the key."""
    path = f"/staff/cases/{number}/referrals/new"
    answer = send(desks, "office", path, level=level, words=REASON, **typed)
    assert answer.status_code == 303, unescape(answer.text)
    return re.search(r"/referrals/(YS[0-9A-F]{8})\?", answer.location)[1]  # type: ignore[index]


def step(desks: Desks, name: str, key: str, slug: str, **typed: str) -> TestResponse:
    """Take a step with a referral."""
    return send(desks, name, f"/staff/referrals/{key}/{slug}", **typed)


def refer(desks: Desks, number: str, level: str = "district", **typed: str) -> str:
    """Find and agree; returns the key."""
    key = find(desks, number, level, **typed)
    assert step(desks, "office-head", key, "agree").status_code == 303
    return key


def press(desks: Desks, name: str, key: str, slug: str) -> TestResponse:
    """Press a button of a referral's page."""
    data = {**desks.token(name), "version": str(stored(desks, key).version)}
    return desks.at(name).post(f"/staff/referrals/{key}/{slug}", data=data)


def carry(desks: Desks, key: str) -> dict[str, str]:
    """Take the file and read the passphrase, each by another person; what the package holds."""
    content = press(desks, "office", key, "file")
    assert content.status_code == 200
    page = press(desks, "office-head", key, "passphrase")
    assert page.status_code == 200, unescape(page.text)
    return opened(content.data, passphrase_in(page.text))


def passphrase_in(page: str) -> str:
    """The passphrase that a page shows."""
    found = re.search(r'class="code">([A-Z0-9-]+)<', page)
    assert found is not None
    return found[1]


def opened(content: bytes, passphrase: str) -> dict[str, str]:
    """The texts in a locked file."""
    with AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(passphrase.encode())
        return {
            name: archive.read(name).decode("utf-8-sig")
            for name in archive.namelist()
            if not name.endswith(".docx")
        }


def stored(desks: Desks, key: str) -> Referral:
    """The referral as it is stored."""
    with desks.deployment.database.reading() as session:
        return session.scalars(select(Referral).where(Referral.key == key)).one()


def due_on(desks: Desks, number: str, name: str) -> date | None:
    """By when a clock of a case runs out, counted anew."""
    with desks.deployment.database.reading() as session:
        case, found = desks.stored(number), book(session)
        running = clocks_of(found, case.kind, case.identity, happened(session, case))
        return next((one.working.due_on for one in running if one.clock == name), None)
