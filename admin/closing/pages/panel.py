"""What a case's own page says about how it goes on when the campaign is over."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.panel import Panel
from admin.closing.open_cases import Wanted
from admin.closing.pages.blueprint import list_address
from admin.desk.pages.desk import Desk
from intake.cases.case import Case
from intake.cases.continuation import Way
from intake.going_on import continuation_of, target_of
from portal.foundation import clock


def panel_of(session: Session, desk: Desk, case: Case, decider: str) -> Panel | None:
    """With whom an open case goes on; for whoever decides, the way to say so, once the plan's last
    day has come."""
    if not case.state.is_open:
        return None
    found = continuation_of(session, case)
    due = desk.book.campaign.ends_on <= clock.today()
    address = list_address(Wanted(number=case.number))
    decides = desk.access.decides(decider)
    ways = (("改去向" if found else "定去向", address),) if decides and (found or due) else ()
    if found is None:
        return Panel("治理结束以后", ("还没有定由谁接着办。",), ways) if ways else None
    if found.way is Way.KEPT:
        return Panel("治理结束以后", ("留办：照旧在这里办，期限不变。",), ways)
    target = target_of(found, case, desk.book)
    line = (
        f"移交{target.name}接着办，电话{target.telephone}。交接清楚以前还归现在的单位，期限不停。"
    )
    return Panel("治理结束以后", (line,), ways)
