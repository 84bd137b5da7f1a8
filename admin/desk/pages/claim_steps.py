"""The steps of taking a case on, as the pages offer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.desk import claiming
from admin.desk.claiming import Taken
from admin.desk.hand import Hand
from admin.desk.pages import claim_forms
from intake.cases.case import Case


@dataclass(frozen=True)
class Step:
    """One step: what it is called, what it does and who will see it, what it asks."""

    slug: str
    heading: str
    verb: str
    done: str
    effect: str
    form: type[Any]
    run: Callable[[Session, Case, Hand, Any], None]

    @property
    def at_once(self) -> bool:
        """Whether a button on the case's page does it."""
        return self.form is claim_forms.ClaimForm


def _step_aside(session: Session, case: Case, hand: Hand, form: Any) -> None:
    act = claiming.step_aside if form.why.data == claim_forms.BUSY else claiming.recuse_oneself
    act(session, case, hand, reason=form.words.data)


STEPS = {
    step.slug: step
    for step in (
        Step(
            "claim",
            "认领这件",
            "我来办",
            "已认领",
            "同事会看到这件由您经办。认领不是签收，期限不变，来件人看不到。",
            claim_forms.ClaimForm,
            lambda session, case, hand, _form: claiming.claim(session, case, hand),
        ),
        Step(
            "step-aside",
            "我不办了",
            "不再办这件",
            "您不再经办这件",
            "件留在本单位，来件人看不到。理由封存在内部记事里，承办单位和办公室能看到。",
            claim_forms.StepAsideForm,
            _step_aside,
        ),
        Step(
            "hand-to",
            "交给同事办",
            "交给他办",
            "已交给同事办",
            "本单位的人会看到这件由他经办。认领不是签收，期限不变，来件人看不到。",
            claim_forms.HandToForm,
            lambda session, case, hand, form: claiming.hand_to(
                session, case, hand, int(form.person.data)
            ),
        ),
    )
}


def steps_allowed(case: Case, access: Access, taken: Taken | None) -> list[Step]:
    """What somebody may do now about who handles a case."""
    if not case.state.is_open or case.unit_code not in access.desks:
        return []
    found = [] if taken and taken.still_here else [STEPS["claim"]]
    found.append(STEPS["step-aside"])
    if case.unit_code in access.heads:
        found.append(STEPS["hand-to"])
    return found
