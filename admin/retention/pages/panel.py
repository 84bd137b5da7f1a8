"""What a case's own page says of its being destroyed, to whoever decides about it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.panel import Panel
from admin.desk.pages.desk import Desk
from admin.retention.kinship import due_of, family_of
from admin.retention.pages.blueprint import links
from admin.retention.standing import running_hold
from intake.cases.case import Case
from portal.campaign.retention_rule import RetentionRule
from portal.foundation.formats import day_with_year


def panel_of(session: Session, desk: Desk, case: Case, decider: str) -> Panel | None:
    """From which day what was typed about it is destroyed; nothing while it goes on."""
    rule = RetentionRule.of(desk.book.campaign)
    over = case.state.has_ended and case.destroyed_on is None
    if rule is None or not over or not desk.access.decides(decider):
        return None
    due = due_of(family_of(session, case), rule)
    line = f"{day_with_year(due.words_on)}起销毁。" if due else "分出来的还没有都办完。"
    if running_hold(session, case) is not None:
        line = "暂停销毁。"
    return Panel("保存期限", (line,), (("看一看，或者暂停销毁", links().retention(case.number)),))
