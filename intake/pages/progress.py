"""The reporter's own page."""
from __future__ import annotations
from flask import Response
from intake.pages.blueprint import blueprint

def give_back(status: int) -> Response | None:
    return None
