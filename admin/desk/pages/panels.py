"""What rooms above the desk put onto a case's page. Each hands its panel in as the application is
put together; the desk knows none of them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app
from sqlalchemy.orm import Session

from admin.accounts.panel import Panel
from admin.desk.hand import decider_of
from admin.desk.pages.desk import Desk
from intake.cases.case import Case

_KEY = "case_panels"


# Makes the panel of a case that this person may see, or None; the last is the unit that decides
# about the case.
Maker = Callable[[Session, Desk, Case, str], Panel | None]


def add_panel(app: Flask, maker: Maker) -> None:
    """Let a room put a panel onto every case's page."""
    app.extensions.setdefault(_KEY, []).append(maker)


def panels_of(session: Session, desk: Desk, case: Case) -> list[Panel]:
    """The panels of a case for whoever stands at the desk."""
    makers: list[Maker] = current_app.extensions.get(_KEY, [])
    decider = decider_of(session, case, desk.book) if makers else ""
    found = (make(session, desk, case, decider) for make in makers)
    return [panel for panel in found if panel]
