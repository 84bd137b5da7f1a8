"""Those who work on the staff site: units, the office, publishers, discipline inspection."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Response

from admin.accounts.sample_staff import sample_code
from portal.campaign.problem_type import ProblemType
from portal.campaign.unit import Unit
from portal.foundation import clock
from tests.deployments import PASSWORD
from tests.journeys.people import Receipt
from tests.journeys.walker import Walker

_CODE = "手机上显示的验证码"


class Officer(Walker):
    """Somebody who has signed in. What he may do, his role decides."""

    name: str

    @property
    def site(self) -> Flask:
        """The staff site."""
        return self.town.deployment.staff

    def signs_in(self, name: str) -> None:
        """Sign in with password and code."""
        self.name = name
        with self.town.deployment.database.reading() as session:
            code = sample_code(session, name)
        self.open("/staff/sign-in")
        self.write(登录名=name, 密码=PASSWORD, 验证码=code)
        self.press("登录")
        assert "/staff/sign-in" not in self.page.url, self.text

    def press(self, name: str) -> Response:
        """Press a button; where that asks for a fresh code, type one and go on."""
        answer = super().press(name)
        if answer.status != 401 or not self.page.get_by_label(_CODE).count():
            return answer
        with self.town.deployment.database.reading() as session:
            self.write(**{_CODE: sample_code(session, self.name)})
        return super().press("确认，接着办")

    # Cases.

    def sees(self) -> list[str]:
        """All that the desk shows him: his lists with their counts, the district's where he has
        it, and the office's first page."""
        seen = self._reads("/staff/cases?tab=open", "/staff/cases?tab=assigned", "/staff/cases")
        if "办公室" in self.page.locator("nav").first.inner_text():
            seen += self._reads("/staff/cases?tab=open&scope=district", "/staff/office")
        return seen

    def _reads(self, *addresses: str) -> list[str]:
        seen = []
        for address in addresses:
            self.open(address)
            seen.append(self.text)
        return seen

    def opens(self, receipt: Receipt) -> None:
        """Open a case."""
        answer = self.open(f"/staff/cases/{receipt.number}")
        assert answer.status == 200, answer.url

    def cannot_open(self, receipt: Receipt) -> None:
        """For him the case doesn't exist."""
        assert self.open(f"/staff/cases/{receipt.number}").status == 404

    def finds(self, receipt: Receipt, tab: str) -> None:
        """Find a case in the list where it should wait, with its clock, and open it."""
        self.open("/staff/cases")
        self.follow(tab)
        row = self.page.get_by_role("row").filter(has_text=receipt.number)
        assert row.locator("td.due time").count() == 1, self.text
        self.follow(receipt.number)

    def does(self, receipt: Receipt, verb: str) -> None:
        """Press one of the case's own buttons."""
        self.opens(receipt)
        self._does(receipt, verb)

    def drafts(self, receipt: Receipt, reply: str) -> None:
        """Draft a reply."""
        self.opens(receipt)
        self.write(答复=reply)
        self._does(receipt, "送审核")

    def signs(self, receipt: Receipt, reply: str) -> None:
        """Sign an answer that the office reviews too."""
        self.opens(receipt)
        self.follow("审签答复")
        assert reply in self.text
        self._does(receipt, "同意，送办公室审核")

    def releases(self, receipt: Receipt, reply: str, *, verb: str = "审签并发出答复") -> None:
        """Read what the reporter will read, and release it."""
        self.opens(receipt)
        self.follow(verb)
        assert reply in self.text
        self._does(receipt, "发给来件人")

    def returns(self, receipt: Receipt, reason: str) -> None:
        """Return a case to the office."""
        self.opens(receipt)
        self.follow("退给办公室")
        self.write(理由=reason)
        self._does(receipt, "退给办公室")

    def assigns(self, receipt: Receipt, unit: Unit) -> None:
        """Assign a case."""
        self.opens(receipt)
        self.follow("分件")
        self.choose(交给哪个单位=unit.code)
        self._does(receipt, "就这样分")

    def drafts_a_document(self, receipt: Receipt, kind: str) -> None:
        """Draft a formal document: the usual texts, and something where there is none."""
        self._opens_documents(receipt)
        self.follow(kind)
        for field in self.page.locator("main form textarea").all():
            if not field.input_value().strip():
                field.fill("查了发放表和银行流水。")
        self.page.locator("main form input[type=radio]").first.check()
        self.press("存好，等签发")

    def issues_the_document(self, receipt: Receipt, kind: str) -> None:
        """Read a colleague's draft, and issue it."""
        self._opens_documents(receipt)
        self.follow(kind)
        self.press("签发")
        assert "已签发" in self.text

    def notes_delivery(self, receipt: Receipt, kind: str, how: str) -> None:
        """Note that a document reached the reporter today."""
        self._opens_documents(receipt)
        self.follow(kind)
        self.follow("记下送达")
        self.write(哪天送到的=str(clock.today()))
        self.tick(how)
        self.press("记下")

    def _opens_documents(self, receipt: Receipt) -> None:
        self.opens(receipt)
        self.follow("文书：起草、签发、送达")

    def _does(self, receipt: Receipt, verb: str) -> None:
        self.press(verb)
        assert receipt.number in self.told, self.text

    # The ledger.

    def opens_problem(self, receipt: Receipt, unit: Unit, kind: ProblemType, finding: str) -> str:
        """Enter what a case brought to light; returns the problem's number."""
        self.opens(receipt)
        self.follow("记入台账")
        self.write(查到什么问题=finding, 整改时限=str(clock.today() + timedelta(days=30)))
        self.choose(由哪个单位整改=unit.code, 问题类别=kind.code)
        self.press("记入台账")
        assert finding in self.text
        return urlsplit(self.page.url).path.rsplit("/", 1)[-1]

    def finds_problem(self, problem: str) -> None:
        """Find a problem in the ledger."""
        self.open("/staff/problems")
        self.follow(problem)

    def records_measure(self, problem: str, measure: str, evidence: str) -> None:
        """Record a measure, and that it was done, with the evidence."""
        self.finds_problem(problem)
        self.follow("记整改措施")
        self.write(整改措施=measure, 谁负责="高经办", 最迟哪天做完=str(clock.today()))
        self.press("记下措施")
        self.follow("写完成情况")
        self.write(哪一天完成的=str(clock.today()), 凭什么证明做完了=evidence)
        self.press("这项做完了")
        assert evidence in self.text

    def reports_rectified(self, problem: str, word: str) -> None:
        """Report as the unit's head that the problem is put right."""
        self.finds_problem(problem)
        self.follow("报整改完成")
        self.write(单位负责人的意见=word)
        self.press("报整改完成")

    def strikes_off(self, problem: str, opinion: str) -> None:
        """Strike a problem off the ledger."""
        self.finds_problem(problem)
        self.follow("销号")
        self.write(审核意见=opinion)
        self.press("同意销号")
        assert "已销号" in self.told

    # The publishing desk.

    def drafts_result(self, problem: str, *, summary: str, measures: str, progress: str) -> None:
        """Draft what the public will read."""
        self.open("/staff/publishing")
        self.follow(problem)
        self.write(什么问题=summary, 怎么改=measures, 改到哪一步=progress)
        self.press("存稿，请同事审读")

    def mends_result(self, *, summary: str) -> None:
        """Write the open draft anew."""
        self.follow("去改")
        self.write(什么问题=summary)
        self.press("存稿，请同事审读")

    def releases_result(self, problem: str) -> None:
        """Read a colleague's draft, and release it."""
        self.open("/staff/publishing")
        self.follow(problem)
        self.press("我读过了，发布")
        assert "已发布" in self.told
