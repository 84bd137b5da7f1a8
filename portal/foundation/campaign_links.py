"""Addresses of the rooms in which the office and the units run the campaign."""

from __future__ import annotations

from urllib.parse import urlencode


class CampaignLinks:
    """The plan's calendar, the ledger and what feeds it."""

    _staff: str

    def plan_calendar(self) -> str:
        """The plan's calendar, with what has come of each duty."""
        return f"{self._staff}/staff/office/plan"

    def brief(self) -> str:
        """The campaign on one page for the leaders."""
        return f"{self._staff}/staff/office/brief"

    def shirking(self, unit: str = "", sign: str = "") -> str:
        """What shirking shows by; or the list behind one number of a unit."""
        return "/".join([f"{self._staff}/staff/shirking", *filter(None, (unit, sign))])

    def letters(self, key: str = "", step: str = "") -> str:
        """The letters of the office to units, one of them, or a step with it."""
        return "/".join([f"{self._staff}/staff/letters", *filter(None, (key, step))])

    def problems(self) -> str:
        """The ledger."""
        return f"{self._staff}/staff/problems"

    def new_problem(self, case_number: str) -> str:
        """Where a case's facts are entered into the ledger."""
        return f"{self._staff}/staff/problems/new?{urlencode({'case': case_number})}"

    def problem(self, number: str) -> str:
        """One problem of the ledger."""
        return f"{self._staff}/staff/problems/{number}"

    def rights_requests(self, number: str = "", act: str = "") -> str:
        """The requests about one's own information; or one of them, or where an act on it is
        posted."""
        return "/".join([f"{self._staff}/staff/personal-information", *filter(None, (number, act))])

    def supervision_rounds(self) -> str:
        """The supervision rounds, and what they told a unit to do."""
        return f"{self._staff}/staff/rounds"

    def supervision_round(self, key: str) -> str:
        """One supervision round."""
        return f"{self._staff}/staff/rounds/{key}"

    def round_order(self, key: str) -> str:
        """One thing that a round told a unit to do."""
        return f"{self._staff}/staff/rounds/orders/{key}"

    def returns(self, month: str = "", unit: str = "", receiver: str = "", act: str = "") -> str:
        """One's own monthly returns; or a unit's of a month, one of them, the page of an act."""
        return "/".join(
            [f"{self._staff}/staff/returns", *filter(None, (month, unit, receiver, act))]
        )

    def returns_that_came(self, month: str = "") -> str:
        """The monthly returns that came, and of whom nothing has; of a month where one is named."""
        asked = f"?{urlencode({'month': month})}" if month else ""
        return f"{self.returns()}/came{asked}"

    def declarations(self, key: str = "", step: str = "") -> str:
        """Own declarations and refunds; or one entry, and the page of a step with it."""
        return "/".join([f"{self._staff}/staff/declarations", *filter(None, (key, step))])

    def issued_rules(self, rule_id: int | None = None) -> str:
        """The rules that were issued, or one of them."""
        one = f"/{rule_id}" if rule_id is not None else ""
        return f"{self._staff}/staff/issued-rules{one}"

    def new_rule(self, problem: str) -> str:
        """Where a rule is entered that answers a problem."""
        return f"{self.issued_rules()}/new?{urlencode({'problem': problem})}"

    def annexes(self, file: str = "") -> str:
        """The two annexes of the plan, or one of them as a file."""
        return f"{self._staff}/staff/annexes" + (f"/{file}" if file else "")

    def annex_template(self, annex: str) -> str:
        """Where the office says what an annex looks like."""
        return self.annexes(f"templates/{annex}")

    def summaries(self, key: str = "", step: str = "") -> str:
        """The summaries, one of them, or a page below it."""
        return "/".join([f"{self._staff}/staff/summaries", *filter(None, (key, step))])

    def summary_part(self, key: str, unit: str, act: str = "") -> str:
        """A unit's part of a summary, or the page of an act."""
        return self.summaries(key, "/".join(["parts", unit, *filter(None, (act,))]))

    def reports(self, key: str = "", step: str = "") -> str:
        """What was sent to superiors besides; one thing that was sent, or its file."""
        return "/".join([f"{self._staff}/staff/reports", *filter(None, (key, step))])

    def spot_checks(self, step: str = "") -> str:
        """The spot checks, or a page below them."""
        return f"{self._staff}/staff/spot-checks" + (f"/{step}" if step else "")

    def spot_check(self, check_id: int, step: str = "") -> str:
        """One spot check, or the page of a step with it."""
        return self.spot_checks(str(check_id)) + (f"/{step}" if step else "")

    def checked_unit(self, check_id: int, code: str, step: str = "") -> str:
        """A unit that was drawn, before its team and the office; or the page of a step."""
        return self.spot_check(check_id, f"units/{code}") + (f"/{step}" if step else "")

    def assessments(self, key: str = "", step: str = "") -> str:
        """The assessments of effect, one of them, or a page below it."""
        return "/".join([f"{self._staff}/staff/assessments", *filter(None, (key, step))])
