"""What a case's own page says about its supervision."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.panel import Panel
from admin.desk.pages.desk import Desk
from admin.supervision import suggesting, supervising
from admin.supervision.pages.blueprint import links
from admin.supervision.supervision_file import why
from intake.cases.case import Case
from portal.foundation.formats import day


def panel_of(session: Session, desk: Desk, case: Case, decider: str) -> Panel | None:
    """Why and until when a case is supervised; for whoever decides, what is suggested and how to
    open one. A unit reads of a supervision and of nothing that isn't one yet."""
    decides = desk.access.decides(decider)
    address = links().supervision(case.number)
    held = supervising.current(session, case) if case.supervised else None
    if held:
        line = f"{held.trigger.official}，{day(held.due_on)}前报结果。"
        return Panel("督办", (line,), (("督办记录", address),))
    if not decides or not case.state.is_open:
        return None
    found = suggesting.waiting(session, case)
    if not found:
        return Panel("督办", (), (("督办：立项、以前的记录", address),))
    lines = (f"系统建议督办：{why(one, desk.book)}。" for one in found)
    return Panel("督办", tuple(lines), (("立项，或者不按建议督办", address),))
