"""What all rooms of the publishing desk share: who may enter, and how their pages find a row."""

from __future__ import annotations

from typing import TypeVar

from flask import Blueprint, abort, current_app
from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import Access
from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.accounts.own_units import own_units
from admin.ledger.problem import Problem
from admin.publishing.desk import NotAtThisDesk, Publisher
from portal.campaign.book import book
from portal.foundation.errors import error_page
from portal.foundation.links import Links

Row = TypeVar("Row")
Answer = str | tuple[str, int] | Response


def publishing_room(name: str, import_name: str) -> Blueprint:
    """The blueprint of one room. What one may not see answers exactly as what doesn't exist."""
    blueprint = room(name, import_name)
    blueprint.register_error_handler(NotAtThisDesk, _not_there)
    return blueprint


def publisher(session: Session) -> Publisher:
    """Whoever is signed in, as somebody at this desk."""
    return Publisher.of(signed_in(), book(session))


def the_one(session: Session, wanted: Select[Row], *, to_change: bool = False) -> Row:
    """The one row that is wanted, or 404; `to_change` holds it, so that the later of two waits."""
    found = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    return found if found is not None else abort(404)


def of_others(session: Session) -> ColumnElement[bool]:
    """The condition on problems that whoever is signed in may publish of them: any but those of a
    unit that he serves, too, or of one above or below it.

    What is found in a draft tells of the cases behind its problem, and by trying names one could
    ask who reported. It is asked by the unit, not by the cases, so that the refusal tells nothing.
    """
    campaign_book = book(session)
    access = Access.of(signed_in(), campaign_book)
    return Problem.unit_code.not_in(own_units(campaign_book, access))


def links() -> Links:
    """The addresses."""
    found: Links = current_app.extensions["links"]
    return found


def whole(text: str | None) -> int:
    """A version as a form carries it; -1, which nothing has, where none was sent."""
    sent = text or ""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1


def _not_there(_error: Exception) -> Response:
    return error_page(404)
