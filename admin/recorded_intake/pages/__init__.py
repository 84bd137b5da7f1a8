"""The pages of recorded intake: one's own entries, the form, the words to be read back, the
receipt."""

from __future__ import annotations

from flask import Flask

from admin.recorded_intake.pages import own_entries, recording
from admin.recorded_intake.pages.blueprint import blueprint
from portal.foundation import errors

__all__ = ["init_app", "own_entries", "recording"]


def init_app(app: Flask) -> None:
    """Register the pages, and give the form back filled when something goes wrong with it."""
    app.register_blueprint(blueprint)
    errors.refill(app, "recorded_intake.record", recording.give_back)
