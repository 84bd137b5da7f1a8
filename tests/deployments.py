"""A whole deployment in a temporary folder: real schema, real campaign, real keys, on either
database."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

# Every table, for whoever opens the database without an application.
import admin.records  # noqa: F401
import intake.records  # noqa: F401
import portal.records  # noqa: F401
from admin.accounts.cookie import cookie_name
from admin.accounts.credential import Credential
from admin.accounts.fresh_proof import CODE_FIELD
from admin.accounts.guard import TOKEN_FIELD, SignedIn
from admin.accounts.proving import prove_again
from admin.accounts.sample_staff import add_sample_staff
from admin.accounts.sealed_unlock import keep_unlocked
from admin.accounts.second_factor import step_at
from admin.accounts.sessions import find_session
from admin.accounts.sign_in import Proof, sign_in, tidy_name
from admin.accounts.staff_session import StaffSession
from admin.sealed_class.readers import Locked, become_reader
from admin.sealed_class.standing import may_read
from intake.attachments.store import FileStore
from intake.vault.class_key import OPENED_CLASS, class_key, open_by_recovery
from intake.vault.passphrase import Cost
from intake.vault.sealing import KeyPair
from intake.vault.vault import Vault
from portal.campaign.book import book
from portal.campaign.campaign import Campaign
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.limits import limits
from portal.foundation.settings import Settings
from portal.foundation.staff import Role, Staff
from tests.passwords import quick_hash
from wsgi import create_app

CAMPAIGNS = Path(__file__).parents[1] / "campaigns"
PASSWORD = "sample only: 江汉春晓 2022"


class _Compiled(BytecodeCache):
    """Templates are compiled once for all applications of a process, which are set alike."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()
# What every test deployment's sealed class is opened by: the key that was printed when it was
# founded, and its readers' passphrase, which costs nothing to try.
PRINTED = KeyPair.from_seed(b"a printed key for the tests only")
PASSPHRASE = "sample only: 纪检的口令 2022"
QUICK = Cost(passes=1, memory=8192)
# Higher than any test counts up to.
_revisions = itertools.count(1000, 1000)


class StaffBrowser(FlaskClient):
    """A browser of somebody who, where a grave act asks for a fresh code, types one and goes on."""

    prove_again: Callable[[], None]

    def post(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a form; once more with a fresh proof, if that was asked for. That the page keeps the
        form and goes on with it is proven where proving is tested."""
        first, second = _twice(kwargs)
        answer = super().post(*args, **first)
        if answer.status_code != 401 or f'name="{CODE_FIELD}"' not in answer.text:
            return answer
        self.prove_again()
        return super().post(*args, **second)


def _twice(sent: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is sent, twice: a file that was read can't be sent again."""
    data = sent.get("data")
    if not isinstance(data, dict):
        return sent, sent
    return {**sent, "data": _copied(data)}, {**sent, "data": _copied(data)}


def _copied(value: Any) -> Any:
    if isinstance(value, BytesIO):
        return BytesIO(value.getvalue())
    if isinstance(value, dict):
        return {name: _copied(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_copied(one) for one in value)
    return value


@dataclass
class Deployment:
    """One deployment. `public` and `staff` are its two sites, each an application of its own."""

    settings: Settings
    # Each application, and what it held when it was made.
    _made: list[tuple[Flask, dict[str, Any]]] = field(default_factory=list, repr=False)
    # Where copies lie of what many tests begin with.
    beginnings: Path = field(default=Path(), repr=False)
    # The state of the data before a test did anything; None where they weren't put back.
    _first_state: tuple[int, ...] | None = field(default=None, repr=False)
    # Of each sign-in, by what its cookie holds.
    _form_tokens: dict[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def everything(self) -> Flask:
        """Both parts in one process, as on the command line."""
        return self._application("public", "staff")

    @cached_property
    def public(self) -> Flask:
        """The public site alone."""
        return self._application("public")

    @cached_property
    def staff(self) -> Flask:
        """The staff site alone."""
        return self._application("staff")

    @cached_property
    def database(self) -> Database:
        """The database, with every key at hand."""
        files = FileStore(self.settings.files_dir)
        held = {"vault": Vault.open(self.settings), "files": files, OPENED_CLASS: self.class_pair}
        return Database(self.settings, **held)

    def class_pair(self) -> KeyPair | None:
        """The pair of the sealed class, as its printed recovery key opens it; None where it isn't
        founded."""
        return self._class_pair

    @cached_property
    def _class_pair(self) -> KeyPair | None:
        with self.database.reading() as session:
            key = class_key(session)
            return open_by_recovery(key, PRINTED) if key else None

    def citizen(self) -> FlaskClient:
        """A browser on the public site."""
        return self.public.test_client()

    def run(self, *words: str) -> Any:
        """Run `flask --app wsgi WORDS`."""
        return self.everything.test_cli_runner().invoke(args=list(words))

    def add_staff(self, name: str, *posts: tuple[str, Role], display: str = "") -> int:
        """Add an enrolled member of staff; returns the id."""
        with self.database.writing() as session:
            person = add_sample_staff(
                session,
                name=name,
                display_name=display or name,
                posts=list(posts),
                password_hash=_stored_password(),
            )
            return person.id

    def officer(self, name: str, *, unlocks: bool = True) -> FlaskClient:
        """A browser on the staff site in which that person has signed in; if he is of discipline
        inspection, he reads the sealed class and has unlocked it, unless he is told not to.

        With a proof, as from password and code. That the page makes one of them is proven where
        signing in is tested; to go by it took a twentieth of the time of all tests of the staff
        site.
        """
        client = StaffBrowser(self.staff, self.staff.response_class)
        client.prove_again = lambda: self._prove_again(client, name)
        with self.database.writing() as session:
            credential = session.get_one(Credential, self.staff_id(session, name))
            proof = Proof(
                staff_id=credential.staff_id,
                password_hash=credential.password_hash or "",
                step=_next_step(credential),
            )
            token = sign_in(session, proof)
            found = find_session(session, token)
            assert found, f"{name} works here no more"
            self._form_tokens[token] = SignedIn(staff=found[1], session=found[0]).form_token
            if unlocks and self.class_pair() and may_read(found[1], book(session)):
                self._unlock(session, found, token)
        client.set_cookie(self._cookie_name, token)
        return client

    def _prove_again(self, client: FlaskClient, name: str) -> None:
        """Prove the second factor anew in a browser, as from a code."""
        cookie = client.get_cookie(self._cookie_name)
        assert cookie, "nobody has signed in here"
        with self.database.writing() as session:
            found = find_session(session, cookie.value)
            credential = session.get_one(Credential, self.staff_id(session, name))
            assert found, f"{name} is signed in no more"
            token = prove_again(
                session,
                credential.staff_id,
                found[0].token_hash,
                step=_next_step(credential),
                code="",
            )
            assert token
            self._form_tokens[token] = SignedIn(staff=found[1], session=found[0]).form_token
        client.set_cookie(self._cookie_name, token)

    def _unlock(self, session: Session, found: tuple[StaffSession, Staff], token: str) -> None:
        visit, person = found
        pair = self.class_pair()
        assert pair
        locked = Locked.under(PASSPHRASE, pair, person.id, QUICK)
        become_reader(session, person, book(session), locked, let_in_by=None)
        keep_unlocked(session, visit.token_hash, person.id, token, pair)

    def form_token(self, client: FlaskClient) -> dict[str, str]:
        """The token that every form carries in a browser in which somebody has signed in."""
        cookie = client.get_cookie(self._cookie_name)
        assert cookie, "nobody has signed in here"
        return {TOKEN_FIELD: self._form_tokens[cookie.value]}

    def staff_id(self, session: Session, name: str) -> int:
        """The id of a member of staff."""
        return session.scalars(select(Staff.id).where(Staff.name == tidy_name(name))).one()

    def begin_with(self, what: str, do: Callable[[], object]) -> None:
        """Do what many tests begin with. A lent deployment on SQLite where nothing was done before
        gets it as a copy, if another test did the same while the clock stood still there."""
        moment = clock.now()
        if self._first_state is None or clock.now() != moment or self._state() != self._first_state:
            do()
            return
        kept = self.beginnings / f"{what}-{moment:%Y%m%d%H%M%S%f}.db"
        if not kept.exists():
            do()
            # Another worker may be doing the same.
            new = kept.with_suffix(f".{os.getpid()}")
            copy_database(self._file, new)
            new.replace(kept)
            return
        self.close()
        put_in_place(kept, self._file)
        self._count_on()

    def forget(self) -> None:
        """Let its processes begin anew with data that was put back; the applications stay."""
        self._count_on()
        for counts in self.settings.database_dir.glob("limits.db*"):
            counts.unlink()
        for sent in self.settings.files_dir.rglob("*"):
            if sent.is_file():
                sent.unlink()
        # A process has one place for its counts, wherever it last said.
        limits.init_app(Flask("counts"), self.settings)
        self._form_tokens.clear()
        self._first_state = self._state()

    def is_as_made(self, template: Path) -> bool:
        """Whether no test has changed the keys, or what an application holds."""
        same_keys = _key_files(self.settings.data_dir) == _key_files(template)
        return same_keys and all(held.items() <= app.extensions.items() for app, held in self._made)

    def close(self) -> None:
        """Let go of every connection."""
        if "database" in self.__dict__:
            self.database.engine.dispose()
        for _, held in self._made:
            held["database"].engine.dispose()
            if "published_revision" in held:
                held["published_revision"].close()

    def _count_on(self) -> None:
        """Its processes remember a page by the campaign's revision. No two tests share one. The
        book, which few tests change, is read again only where this process has another in mind."""
        with self.database.writing() as session:
            session.execute(update(Campaign).values(revision=next(_revisions)))
            book(session)

    @property
    def _file(self) -> Path:
        return self.settings.database_dir / "huimin.db"

    def _state(self) -> tuple[int, ...] | None:
        """What changes with each write to a database of SQLite, of its file and its log."""
        if not self.settings.is_sqlite:
            return None
        file, log = self._file.stat(), self._file.with_name("huimin.db-wal")
        return file.st_ino, file.st_mtime_ns, log.stat().st_size if log.exists() else 0

    @cached_property
    def _cookie_name(self) -> str:
        with self.staff.app_context():
            return cookie_name()

    def _application(self, *parts: str) -> Flask:
        app = create_app(replace(self.settings, parts=frozenset(parts)))
        app.jinja_env.bytecode_cache = _compiled
        self._made.append((app, dict(app.extensions)))
        return app


def _next_step(credential: Credential) -> int:
    """A step whose code wasn't used."""
    return max(credential.last_totp_step + 1, step_at(clock.now()))


def token_on(client: FlaskClient, path: str) -> dict[str, str]:
    """The form token that a page shows, to be posted with its form."""
    page = client.get(path).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)
    assert found, page
    return {"csrf_token": found[1]}


def copy_database(source: Path, target: Path) -> None:
    """Copy a database of SQLite over another while others have it open."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        # What was there before isn't left lying in the log of changes.
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def put_in_place(source: Path, target: Path) -> None:
    """Put a copy of a database of SQLite, that nobody has open, in the place of another that
    everybody let go; a tenth of the time of `copy_database`.

    It's another file under the old name: who did keep the old one open reads on in that one.
    """
    for log in ("-wal", "-shm"):
        target.with_name(target.name + log).unlink(missing_ok=True)
    new = target.with_name(target.name + "-new")
    shutil.copyfile(source, new)
    new.replace(target)


def _key_files(data_dir: Path) -> dict[str, bytes]:
    files = (file for part in ("keys", "shared") for file in (data_dir / part).iterdir())
    return {file.name: file.read_bytes() for file in files}


@cache
def _stored_password() -> str:
    return quick_hash(PASSWORD)
