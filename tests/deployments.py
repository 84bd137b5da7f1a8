"""A whole deployment in a temporary folder: real schema, real campaign, real keys, on either
database."""

from __future__ import annotations

import itertools
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

# Every table, for whoever opens the database without an application.
import admin.records  # noqa: F401
import intake.records  # noqa: F401
import portal.records  # noqa: F401
from admin.accounts.sample_staff import add_sample_staff, sample_code
from admin.accounts.sign_in import tidy_name
from intake.attachments.store import FileStore
from intake.vault.vault import Vault
from portal.campaign.campaign import Campaign
from portal.foundation.database import Database
from portal.foundation.limits import limits
from portal.foundation.settings import Settings
from portal.foundation.staff import Role, Staff
from tests.passwords import quick_hash
from wsgi import create_app

CAMPAIGNS = Path(__file__).parents[1] / "campaigns"
PASSWORD = "sample only: 江汉春晓 2022"
# Higher than any test counts up to.
_revisions = itertools.count(1000, 1000)


@dataclass
class Deployment:
    """One deployment. `public` and `staff` are its two sites, each an application of its own."""

    settings: Settings
    # Each application, and what it held when it was made.
    _made: list[tuple[Flask, dict[str, Any]]] = field(default_factory=list, repr=False)

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
        return Database(self.settings, vault=Vault.open(self.settings), files=files)

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

    def officer(self, name: str) -> FlaskClient:
        """A browser on the staff site in which that person has signed in."""
        client = self.staff.test_client()
        self.sign_in(client, name)
        return client

    def sign_in(self, client: FlaskClient, name: str) -> None:
        """Sign in as a person does, with password and code."""
        with self.database.reading() as session:
            code = sample_code(session, name)
        typed = {"name": name, "password": PASSWORD, "code": code}
        answer = client.post("/staff/sign-in", data={**typed, **token_on(client, "/staff/sign-in")})
        assert answer.status_code == 303, answer.get_data(as_text=True)

    def staff_id(self, session: Session, name: str) -> int:
        """The id of a member of staff."""
        return session.scalars(select(Staff.id).where(Staff.name == tidy_name(name))).one()

    def forget(self) -> None:
        """Let its processes begin anew with data that was put back; the applications stay."""
        with self.database.writing() as session:
            # They remember a page or the campaign by its revision. No two tests share one.
            session.execute(update(Campaign).values(revision=next(_revisions)))
        for counts in self.settings.database_dir.glob("limits.db*"):
            counts.unlink()
        for sent in self.settings.files_dir.rglob("*"):
            if sent.is_file():
                sent.unlink()
        # A process has one place for its counts, wherever it last said.
        limits.init_app(Flask("counts"), self.settings)

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

    def _application(self, *parts: str) -> Flask:
        app = create_app(replace(self.settings, parts=frozenset(parts)))
        self._made.append((app, dict(app.extensions)))
        return app


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


def _key_files(data_dir: Path) -> dict[str, bytes]:
    files = (file for part in ("keys", "shared") for file in (data_dir / part).iterdir())
    return {file.name: file.read_bytes() for file in files}


@cache
def _stored_password() -> str:
    return quick_hash(PASSWORD)
