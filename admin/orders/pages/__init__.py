"""The pages of orders: entering them one by one or by the spreadsheet, the office's list with the
answers back, and what an audit body sees of its clues."""

from __future__ import annotations

from flask import Flask

from admin.orders.pages import (
    clue_pages,
    entering_page,
    exporting,
    listing,
    one_order,
    order_changes,
    sheets,
)
from admin.orders.pages.blueprint import blueprint
from portal.foundation import errors

__all__ = [
    "clue_pages",
    "entering_page",
    "exporting",
    "init_app",
    "listing",
    "one_order",
    "order_changes",
    "sheets",
]


def init_app(app: Flask) -> None:
    """Register the pages, and give the form back filled when something goes wrong with it."""
    app.register_blueprint(blueprint)
    errors.refill(app, "orders.enter_order", entering_page.give_back)
