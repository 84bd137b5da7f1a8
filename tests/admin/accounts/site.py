"""A staff site with nothing but the accounts room, and a person who walks through its pages."""

from __future__ import annotations

import hashlib
import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pyotp
from flask import Flask, request
from flask.sessions import SessionInterface
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from admin.accounts import second_factor
from admin.accounts.add_staff import give_posts, new_staff
from admin.accounts.commands import staff as staff_commands
from admin.accounts.credential import Credential
from admin.accounts.guard import signed_in, staff_only
from admin.accounts.open_form import token_of
from admin.accounts.pages import blueprint
from admin.system.set_up import begin_chain, bring_schema_up
from intake.vault.sealing import DoesNotOpen
from portal.campaign.unit import Unit, UnitKind
from portal.foundation import clock, formats
from portal.foundation.database import Database
from portal.foundation.limits import limits
from portal.foundation.links import Links
from portal.foundation.settings import Settings
from portal.foundation.staff import Role, Staff
from tests.passwords import quick_hash

NOON = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)
PASSWORD = "蓝色河马慢慢爬上楼梯去看雨"
PASSWORD_HASH = quick_hash(PASSWORD)
# Every browser of a test has brought this cookie from an earlier page, except a fresh one.
OPEN_COOKIE = "from-an-earlier-page"
OPEN_TOKEN = {"csrf_token": token_of(OPEN_COOKIE)}
_ROOT = Path(__file__).parents[3]


class FakeVault:
    """Stands in for the vault: reversible, bound to its context, and nothing stays readable."""

    def seal_under_master(self, data: bytes, context: bytes) -> bytes:
        return bytes(byte ^ 0x5A for byte in context + b"\0" + data)

    def stamp(self, purpose: str, *parts: str) -> str:
        # The vault's own digest takes no more.
        assert len(purpose.encode()) <= 16
        return hashlib.sha256("|".join((purpose, *parts)).encode()).hexdigest()

    def stamps(self, purpose: str, *parts: str) -> tuple[str, ...]:
        return (self.stamp(purpose, *parts),)

    def within(self, session: object) -> FakeVault:
        return self

    def open_under_master(self, blob: bytes, context: bytes) -> bytes:
        plain = bytes(byte ^ 0x5A for byte in blob)
        if not plain.startswith(context + b"\0"):
            raise DoesNotOpen
        return plain[len(context) + 1 :]


class NoSession(SessionInterface):
    """Flask's own session must never be touched."""

    def open_session(self, app: Flask, request: Any) -> None:
        return None


@dataclass
class Site:
    """The application with its database, on a clock that the test moves."""

    app: Flask
    database: Database
    now: datetime = NOON
    seeds: dict[str, bytes] = field(default_factory=dict)
    stopped: ExitStack = field(default_factory=ExitStack)

    def later(self, **delta: float) -> None:
        """Move the clock on; it stands still in between."""
        self.now += timedelta(**delta)
        self.stopped.enter_context(clock.stopped_at(self.now))

    def code(self, name: str, step: int = 0) -> str:
        """The code of a person's telephone; the next step's with `step=1`."""
        totp = pyotp.TOTP(
            pyotp.random_base32() if name not in self.seeds else _base32(self.seeds[name])
        )
        return totp.generate_otp(second_factor.step_at(self.now) + step)

    def add(self, name: str, *posts: tuple[str, Role], sample: bool = False) -> Staff:
        """An enrolled person with the usual password."""
        with self.database.writing() as session:
            staff = new_staff(session, name=name, display_name=name + "同志", sample=sample)
            give_posts(session, staff, list(posts) or [("MZ", Role.OFFICER)])
            seed = self.seeds[name] = second_factor.new_seed()
            credential = session.get_one(Credential, staff.id)
            credential.password_hash = PASSWORD_HASH
            credential.totp_seed = second_factor.seal_seed(
                session, seed, purpose=second_factor.stored_for(staff.id)
            )
        return staff

    def client(self, address: str = "127.0.0.1") -> FlaskClient:
        """A browser at an address."""
        client = self.app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        for name in ("hh_form", "__Host-hh_form"):
            client.set_cookie(name, OPEN_COOKIE)
        return client

    def sign_in(self, client: FlaskClient, name: str, /, **typed: str) -> TestResponse:
        """Sign in with the right password and a fresh code, unless told otherwise."""
        self.later(seconds=30)
        fields = {"name": name, "password": PASSWORD, "code": self.code(name), **OPEN_TOKEN}

        return client.post("/staff/sign-in", data={**fields, **typed})

    def signed_in(self, name: str) -> FlaskClient:
        """A browser in which this person is signed in."""
        client = self.client()
        assert self.sign_in(client, name).status_code == 303
        return client


def full_width(text: str) -> str:
    """Latin letters and digits as a Chinese keyboard may type them."""
    return "".join(chr(ord(letter) + 0xFEE0) if letter > " " else letter for letter in text)


def token_on(page: TestResponse) -> str:
    """The form token on a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found, "the page has no form token"
    return found.group(1)


def make_site(data_dir: Path, staff_url: str = "http://localhost") -> Site:
    """A fresh site with two units and a few pages of its own to guard."""
    settings = Settings.from_environment({"DATA_DIR": str(data_dir), "STAFF_URL": staff_url})
    app = Flask("staff", template_folder=str(_ROOT / "templates"), static_folder=None)
    app.config["TESTING"] = True
    app.session_interface = NoSession()
    settings.database_dir.mkdir(parents=True)
    (settings.database_dir / "huimin.db").write_bytes(_new_database())
    database = Database(settings, vault=FakeVault())
    app.extensions.update(settings=settings, database=database)
    limits.init_app(app, settings)
    links = Links(public_url="http://localhost:8000", staff_url=staff_url, on_staff_site=True)
    app.jinja_env.globals.update(
        campaign=SimpleNamespace(sample=False), links=links, asset=lambda name: f"/static/{name}"
    )
    app.jinja_env.filters.update(formats.FILTERS)
    app.register_blueprint(blueprint)
    app.cli.add_command(staff_commands)
    _add_pages(app)
    return Site(app=app, database=database)


@cache
def _new_database() -> bytes:
    """The file that every site begins with: the newest schema, an event chain, two units."""
    with TemporaryDirectory() as folder:
        settings = Settings.from_environment({"DATA_DIR": folder})
        database = Database(settings)
        bring_schema_up(settings.database_url)
        with database.writing() as session:
            begin_chain(session)
            session.add_all([_unit("MZ", "区民政局"), _unit("OF", "领导小组办公室")])
        database.engine.dispose()
        return (settings.database_dir / "huimin.db").read_bytes()


def _add_pages(app: Flask) -> None:
    @app.route("/staff/anybody", methods=["GET", "POST"])
    @staff_only()
    def anybody() -> str:
        return f"{signed_in().name} wrote {request.form.getlist('words')}"

    @app.get("/staff/office-only")
    @staff_only(Role.OFFICE, Role.OFFICE_HEAD)
    def office_only() -> str:
        return signed_in().name


def _unit(code: str, name: str) -> Unit:
    return Unit(
        code=code,
        name=name,
        short_name=name,
        kind=UnitKind.DEPARTMENT,
        parent_code=None,
        desk=True,
        remit="",
        aliases=[],
        telephone="",
        hours="",
        address="",
        sample=True,
        position=1,
    )


def _base32(seed: bytes) -> str:
    return second_factor.in_fours(seed).replace(" ", "")
