"""Taking a result down."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.publishing.desk import PUBLISHING_ROLES, Publisher
from admin.publishing.pages.blueprint import blueprint
from admin.publishing.pages.forms import WithdrawForm
from admin.publishing.pages.room import Answer, links, the_one
from admin.publishing.pages.withdraw_frame import WithdrawPages
from admin.publishing.withdrawing import withdraw
from portal.published.result import Result


def _the_result(session: Session, number: str, *, to_change: bool = False) -> Result:
    wanted = select(Result).where(Result.number == number.replace("\0", " "))
    return the_one(session, wanted, to_change=to_change)


def _withdraw(session: Session, result: Result, by: Publisher, form: WithdrawForm) -> None:
    withdraw(session, result, by=by, because=form.reason.data or "")


_results = WithdrawPages(
    find=_the_result,
    called=lambda result: result.number,
    path=lambda result: f"/results/{result.number}",
    form=WithdrawForm,
    withdraw=_withdraw,
    back=lambda: links().publishing(),
    back_to="发布",
    after=(
        "公众马上看不到这一条，只看到编号、哪天撤下、为什么；总数里也不算它了。"
        "写过的都留着备查，改好可以再起草、再公布。"
    ),
)


@blueprint.get("/publishing/results/<number>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def withdraw_result(number: str) -> str:
    """Ask why."""
    return _results.ask(number)


@blueprint.post("/publishing/results/<number>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def do_withdraw_result(number: str) -> Answer:
    """Take it down, or give the form back with what was typed."""
    return _results.do(number)
