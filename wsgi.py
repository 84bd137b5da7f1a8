"""Puts the parts together. Nothing imports this file; gunicorn and flask call `create_app()`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.sessions import SessionInterface
from werkzeug.datastructures import ImmutableDict

from portal.foundation import demo_clock
from portal.foundation.at_rest import collector_at_rest
from portal.foundation.core_dumps import leave_none
from portal.foundation.settings import Settings, UnusableSetting

if TYPE_CHECKING:
    from intake.attachments.store import FileStore

_WITHOUT_KEYS = (["backup"], ["restore"])
_OPTIONS_WITH_VALUE = {"--app", "-A", "--env-file", "-e"}


class NoSession(SessionInterface):
    """Flask's own session isn't used: a citizen has none, and the staff's lie in the database."""

    def open_session(self, app: Flask, request: Any) -> None:
        """There is nothing to open."""


class Site(Flask):
    """The application. It answers the methods that its doors name, and OPTIONS is none of them."""

    default_config = ImmutableDict(Flask.default_config, PROVIDE_AUTOMATIC_OPTIONS=False)


def create_app(settings: Settings | None = None) -> Flask:
    """The application with the parts that `settings.parts` names.

    Raises:
        UnusableSetting: a setting or a key file can't be used; the text is the line to show.
    """
    if settings is None:
        leave_none()
    try:
        return _site(settings)
    except UnusableSetting as unusable:
        if settings is None and _command(sys.argv):
            from admin.accounts.commands import Refusal

            # Whoever typed a command reads the line, and no traceback.
            raise Refusal(str(unusable)) from None
        raise


def _site(settings: Settings | None) -> Flask:
    # Whoever backs up or restores may read no key, and on an empty machine none may be made before
    # the right one has come.
    if settings is None and _command(sys.argv)[:1] in _WITHOUT_KEYS:
        from admin.backup.commands import app_without_keys

        return app_without_keys(Settings.from_environment(os.environ))
    settings = settings or Settings.from_environment(os.environ)
    demo_clock.follow(settings)
    with collector_at_rest():
        app = _bare_app(settings)
        _lay_the_ground(app, settings)
        if "public" in settings.parts:
            _open_public_doors(app)
        if "staff" in settings.parts:
            _open_staff_doors(app)
    return app


def _command(argv: Sequence[str]) -> list[str]:
    """The words of a command of ours, as `flask` was called with them; none in a server."""
    program, *words = argv
    if not program.endswith(("flask", "flask/__main__.py")):
        return []
    rest = iter(words)
    command = []
    for word in rest:
        if word in _OPTIONS_WITH_VALUE:
            next(rest, None)
        elif not word.startswith("-"):
            command.append(word)
    return command


def _bare_app(settings: Settings) -> Flask:
    from intake.pages.big_forms import FormRequest
    from intake.vault.key_files import prepare, read_key
    from portal.foundation.address_numbers import RowNumber
    from portal.foundation.restore_rooms import refuse_while_restoring

    refuse_while_restoring(settings)
    if "staff" in settings.parts:
        if _command(sys.argv)[:2] != ["keys", "recover"]:
            from admin.system.awaited_key import take_up

            take_up(settings)
        prepare(settings)
    app = Site(__name__, static_folder="portal/static", static_url_path="/static")
    app.request_class = FormRequest
    app.url_map.converters["int"] = RowNumber
    app.secret_key = read_key(settings.secret_key_file)
    app.session_interface = NoSession()
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000
    app.config["TEMPLATES_AUTO_RELOAD"] = False
    # Flask-WTF would ask an extension that isn't here; WTForms has its own words in Chinese.
    app.config["WTF_I18N_ENABLED"] = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    return app


def _lay_the_ground(app: Flask, settings: Settings) -> None:
    from intake.outbox.standing_still import state_of_outbox
    from intake.sms.spool import state_of_spool
    from intake.vault.unit_key import state_of_keys
    from intake.vault.vault import Vault
    from portal.foundation import errors, headers, logs
    from portal.foundation.database import Database
    from portal.foundation.limits import limits
    from portal.pages import frame, health

    app.extensions["settings"] = settings
    app.extensions["vault"] = Vault.open(settings)
    app.extensions["files"] = _files(settings)
    app.extensions["database"] = Database(
        settings, vault=app.extensions["vault"], files=app.extensions["files"]
    )
    logs.configure_logs(shape=settings.log_format)
    headers.init_app(app, settings)
    errors.init_app(app)
    limits.init_app(app, settings)
    frame.init_app(app, settings)
    app.register_blueprint(health.blueprint)
    health.also(app, "keys", state_of_keys)
    health.also(app, "outbox", state_of_outbox)
    health.also(app, "spool", lambda _: state_of_spool(settings.spool_dir))


def _files(settings: Settings) -> FileStore:
    """The store of the files that people sent; what staff take of it is asked about before."""
    from intake.attachments.store import FileStore

    if "staff" in settings.parts and settings.clamd_socket:
        from admin.files.scanned_files import ScannedFiles

        return ScannedFiles(settings.files_dir, Path(settings.clamd_socket))
    return FileStore(settings.files_dir)


def _open_public_doors(app: Flask) -> None:
    from intake.pages import views as intake_pages
    from intake.sms import gateway, gateway_status, twilio, twilio_status
    from portal.pages import views as portal_pages

    portal_pages.init_app(app)
    intake_pages.init_app(app)
    app.register_blueprint(twilio.blueprint)
    app.register_blueprint(twilio_status.blueprint)
    app.register_blueprint(gateway.blueprint)
    app.register_blueprint(gateway_status.blueprint)


def _open_staff_doors(app: Flask) -> None:
    from admin import doors

    doors.init_app(app)
