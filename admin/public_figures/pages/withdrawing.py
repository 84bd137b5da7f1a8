"""Taking a month's figures off the public site."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.public_figures.draft_words import NotForThePublic
from admin.public_figures.pages.blueprint import blueprint, published
from admin.public_figures.release import withdraw
from admin.publishing.desk import PUBLISHING_ROLES, NeedsText, Publisher
from admin.publishing.pages.forms import WithdrawForm
from admin.publishing.pages.room import Answer, links, whole
from admin.publishing.pages.withdraw_frame import WRONG, WithdrawPages
from portal.foundation.formats import month_name
from portal.published.appearance import month_path
from portal.published.figures_releasing import NothingPublished
from portal.published.month_figures import MonthFigures


def _withdraw(session: Session, month: MonthFigures, by: Publisher, form: WithdrawForm) -> None:
    revision, reason = whole(form.version.data), form.reason.data or ""
    withdraw(session, month.month, by=by, revision=revision, reason=reason)


_months = WithdrawPages(
    find=published,
    called=lambda month: f"{month_name(month.month)}的数字",
    path=lambda month: month_path(month.month),
    form=WithdrawForm,
    withdraw=_withdraw,
    back=lambda: links().public_figures(),
    back_to="数字公开",
    after=(
        "公众马上看不到这个月的数，只看到哪天撤下、为什么。"
        "要再公布，重新数，再由另一位同事核对；和这次差得很少的几块不再公布。"
    ),
    begins=lambda month: {"version": str(month.revision)},
    hints={"reason": "公众可见。说清哪里不对，不写任何人。"},
    wrong=WRONG | {NeedsText: "请写为什么", NotForThePublic: "{}"},
    late={NothingPublished: "您打开这一页以后，这个月又公布过一次。请再看一遍。"},
)


@blueprint.get("/publishing/figures/<month>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def ask_withdraw(month: str) -> str:
    """Ask why, and say what will happen."""
    return _months.ask(month)


@blueprint.post("/publishing/figures/<month>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def withdraw_month(month: str) -> Answer:
    """Withdraw it, or give the form back with what was typed."""
    return _months.do(month)
