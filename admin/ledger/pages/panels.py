"""What rooms above the ledger put onto a problem's page. Each hands its panel in as the application
is put together; the ledger knows none of them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app
from sqlalchemy.orm import Session

from admin.accounts.panel import Panel
from admin.accounts.reader import Reader
from admin.ledger.problem import Problem

_KEY = "problem_panels"

# Makes the panel of a problem that this person may see, or None.
Maker = Callable[[Session, Reader, Problem], Panel | None]


def add_panel(app: Flask, maker: Maker) -> None:
    """Let a room put a panel onto every problem's page."""
    app.extensions.setdefault(_KEY, []).append(maker)


def panels_of(session: Session, reader: Reader, problem: Problem) -> list[Panel]:
    """The panels of a problem for whoever reads it."""
    makers: list[Maker] = current_app.extensions.get(_KEY, [])
    return [panel for make in makers if (panel := make(session, reader, problem))]
