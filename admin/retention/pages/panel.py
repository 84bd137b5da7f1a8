"""What a case's own page says of its being destroyed, to whoever decides about it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.panel import Panel
from admin.desk.pages.desk import Desk
from admin.retention.granted import granted_of
from admin.retention.kinship import due_of, family_of
from admin.retention.pages.blueprint import links
from admin.retention.standing import running_hold
from intake.cases.case import Case
from intake.rules.retention import Due, Granted, What
from portal.campaign.retention_rule import RetentionRule
from portal.foundation import clock
from portal.foundation.formats import day_with_year


def panel_of(session: Session, desk: Desk, case: Case, decider: str) -> Panel | None:
    """From which day what was typed about it is destroyed, and that its reporter wants it; while it
    goes on, the latter alone."""
    rule = RetentionRule.of(desk.book.campaign)
    if case.destroyed_on is not None or not desk.access.decides(decider):
        return None
    granted = _left_to_do(granted_of(session, case), case)
    if granted is None and (rule is None or not case.state.has_ended):
        return None
    line = _when(due_of(family_of(session, case), rule, granted).get(What.WORDS), granted)
    if running_hold(session, case) is not None:
        line = "暂停销毁。"
    return Panel("保存期限", (line,), (("看一看，或者暂停销毁", links().retention(case.number)),))


def _left_to_do(granted: Granted | None, case: Case) -> Granted | None:
    done = granted and granted.what is What.CONTACT and case.contact_destroyed_on is not None
    return None if done else granted


def _when(due: Due | None, granted: Granted | None) -> str:
    if granted is not None and due is not None and due.on > clock.today():
        return f"来件人要求删除，又撤回了：没有什么拦着，{day_with_year(due.on)}起销毁。"
    if granted is not None:
        what = "全部内容" if granted.what is What.WORDS else "联系方式"
        return (
            f"来件人要求删除，{day_with_year(granted.on)}同意了：没有什么拦着，当天夜里就删{what}。"
        )
    return f"{day_with_year(due.on)}起销毁。" if due else "分出来的还没有都办完。"
