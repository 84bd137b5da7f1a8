"""The web door of intake: the report and the reporter's own page under one roof."""

from __future__ import annotations

from flask import Flask

from intake.pages import (
    mistakes,
    own_content,  # noqa: F401  # Its page hangs itself on the blueprint.
    own_files,  # noqa: F401  # The same.
    own_mail,  # noqa: F401  # The same.
    own_rights,
    progress,
    questionnaire,
    report,
    rights,
)
from intake.pages.blueprint import blueprint
from portal.foundation import errors


def init_app(app: Flask) -> None:
    """Register the pages, and give a form back filled when something goes wrong with it."""
    app.register_blueprint(blueprint)
    errors.refill(app, "intake.submit", report.give_back)
    errors.refill(app, "intake.point_out_mistake", mistakes.give_back)
    errors.refill(app, "intake.ask_for_rights", rights.give_back)
    errors.refill(app, "intake.ask_for_own_rights", own_rights.give_back)
    errors.refill(app, "intake.add_words", progress.give_back)
    errors.refill(app, "intake.answer_questions", progress.give_answers_back)
    errors.refill(app, "intake.answer_questionnaire", questionnaire.give_questionnaire_back)
