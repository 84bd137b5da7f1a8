"""What is typed about a supervision. Every form carries the version of the case that its writer
saw."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Optional

from admin.desk.pages.forms import ActForm, text
from admin.supervision.supervising import usual_date
from admin.supervision.supervision import SupervisionOutcome
from portal.campaign.book import Book
from portal.campaign.supervision_rule import Trigger
from portal.foundation.formats import day


class OpenForm(ActForm):
    """Supervising a case: why, by when, and what is demanded."""

    trigger = RadioField(
        "为什么督办",
        [DataRequired("请选为什么督办")],
        choices=[SelectChoice(one.value, one.official) for one in Trigger],
    )
    due_on = DateField("哪天以前报结果（不写，就按上面写的日子）", [Optional()])
    words = text("要求办什么", "请写要求办什么")

    @staticmethod
    def hints(book: Book) -> dict[str, str]:
        """By when each usually ends, were it opened today."""
        found = {one: usual_date(one, book) for one in Trigger}
        return {
            one.value: f"{len(usual.counted)}个工作日，到{day(usual.due_on)}（{usual.rule_source}）"
            if usual
            else "没有平常的天数，要写日子"
            for one, usual in found.items()
        }


class WordsForm(ActForm):
    """A check, or a report."""

    words = text("写什么", "请写几句")


class MoreTimeForm(ActForm):
    """A later day, and why."""

    due_on = DateField("改到哪天", [InputRequired("请写日期")])
    words = text("为什么改", "请写为什么改日子")


class CloseForm(ActForm):
    """How a supervision ended."""

    outcome = RadioField(
        "结果",
        [DataRequired("请选结果")],
        choices=[SelectChoice(one.value, one.official) for one in SupervisionOutcome],
    )
    words = text("销督意见", "请写销督意见")


class DismissForm(ActForm):
    """Why a case isn't supervised."""

    words = text("为什么不督办", "请写为什么不督办")


def hints_of(form: Any, book: Book) -> dict[str, str]:
    """What stands under the choices of a form."""
    return form.hints(book) if isinstance(form, OpenForm) else {}
