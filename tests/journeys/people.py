"""Those who write to the line: a citizen with a phone, and somebody who can only text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
from flask import Flask
from playwright.sync_api import Page, Response

from portal.campaign.policy import Policy
from portal.campaign.problem_type import ProblemType
from portal.campaign.unit import Unit
from tests.fakes import Twilio, answers_in
from tests.journeys.walker import Walker
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from tests.journeys.town import Town

# What only the reporter and those who handle his case may ever read.
DETAIL = "那天在青萝巷口第三棵梧桐树下"
NAME, TELEPHONE = "欧阳墨痕", "13900007312"
PRIVATE = (DETAIL, NAME, TELEPHONE)


@dataclass(frozen=True)
class Receipt:
    """What a reporter keeps. `due` is the promised day as it was shown."""

    number: str
    code: str
    due: str


class Citizen(Walker):
    """A citizen with a phone, 360 by 640."""

    def __init__(self, town: Town, page: Page) -> None:
        super().__init__(town, page)
        self._came_to_a_form = False

    @property
    def site(self) -> Flask:
        """The public site."""
        return self.town.deployment.public

    def opens_the_site(self) -> None:
        """See the first page, and on it who runs the line."""
        self.open("/")
        campaign = self.town.book.campaign
        assert campaign.organiser in self.page.locator("body").inner_text()

    def reads_the_policy(self, policy: Policy, unit: Unit) -> None:
        """Find a policy in the list, and read who is in charge of it."""
        self.follow("查补贴政策和主管单位")
        self.follow(policy.name)
        assert f"由{unit.name}主管" in self.text

    def begins(self, kind: str, policy: Policy | None = None) -> None:
        """Open the form, from the policy's own page where there is one."""
        self.open(f"/report/{kind}" + (f"?policy={policy.code}" if policy else ""))

    def says_what_and_where(self, problem: ProblemType, street: Unit) -> None:
        """Pick the problem and the street."""
        self.tick(problem.plain_text)
        place = next(p for p in self.town.book.places.values() if p.unit_code == street.code)
        self.choose(在哪里=place.code)

    def leaves_his_name(self) -> None:
        """Choose to be known."""
        self.tick("实名")
        self.write(您的姓名=NAME, 手机号=TELEPHONE)

    def sends(self) -> Receipt:
        """Send the form; read the receipt."""
        self.press("提交")
        shown = self.page.locator("section.sheet")
        number = shown.locator("[data-case-number]").get_attribute("data-case-number")
        code = shown.locator("[data-query-code]").get_attribute("data-query-code")
        assert number, self.text
        assert code, self.text
        self.town.secrets.add(code)
        due = shown.locator("time")
        return Receipt(number, code, due.inner_text() if due.count() else "")

    def looks_up(self, receipt: Receipt) -> None:
        """Show the code, and come to his case."""
        self.open("/progress")
        self.write(查询码=receipt.code)
        self.press("查")
        assert receipt.number in self.text
        for cookie in self.page.context.cookies():
            assert receipt.code not in str(cookie)

    def adds(self, words: str) -> None:
        """Add words to the case on the page."""
        self.write(**{"想起什么，接着写": words})
        self.press("发出补充")
        assert "收到了" in self.told
        assert words in self.text

    def objects(self, words: str, button: str = "提出异议") -> None:
        """Object to the answer on the page."""
        self.write(**{"哪里不对，请写在这里": words})
        self.press(button)
        assert words in self.text

    def withdraws(self) -> None:
        """Withdraw the case on the page, after reading what that does."""
        self.press("不反映了，撤回")
        assert "不再办" in self.text
        self.press("撤回这件")
        assert "撤回了" in self.told

    def _arrived(self, answer: Response) -> Response:
        """Before the first form nobody gets a cookie, and no address ever holds a code."""
        path = urlsplit(answer.url).path
        self._came_to_a_form = self._came_to_a_form or path.startswith(("/report/", "/progress"))
        if not self._came_to_a_form:
            assert self.page.context.cookies() == [], answer.url
        assert not any(secret in answer.url for secret in self.town.secrets)
        return super()._arrived(answer)


class Texter:
    """Somebody who texts the line; Twilio's own library signs what the provider posts."""

    def __init__(self, town: Town, number: str, twilio: Twilio) -> None:
        self.town, self.number, self._twilio = town, number, twilio

    def texts(self, body: str) -> str:
        """Send a text; returns what comes back, part by part."""
        form = self._twilio.form(body, sender=self.number)
        address = self.town.running.public_url + "/sms/twilio"
        answer = httpx.post(
            address, data=form, headers=self._twilio.headers(form), timeout=PATIENCE
        )
        assert answer.status_code == 200, answer.text
        self.town.secrets.add(form["MessageSid"])
        parts = answers_in(answer.content)
        assert all(len(part) <= 70 for part in parts), parts
        return "\n".join(parts)

    def reports(self, body: str) -> tuple[Receipt, str]:
        """Text what happened; returns the receipt and the whole answer."""
        answer = self.texts(body)
        found = re.search(r"编号([A-Z0-9-]+)。查询码：([0-9A-Z ]+)。", answer)
        due = re.search(r"最晚([^，。]+?日)", answer)
        assert found, answer
        code = found[2].replace(" ", "")
        self.town.secrets |= {code, found[2]}
        return Receipt(found[1], code, due[1] if due else ""), answer
