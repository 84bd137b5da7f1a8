"""A whole deployment in a temporary folder: real schema, real campaign, real keys, on either
database."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts import password
from admin.accounts.sample_staff import add_sample_staff, sample_code
from admin.accounts.sign_in import tidy_name
from portal.foundation.database import Database
from portal.foundation.settings import Settings
from portal.foundation.staff import Role, Staff
from tests.services.postgres import Postgres
from wsgi import create_app

CAMPAIGNS = Path(__file__).parents[1] / "campaigns"
PASSWORD = "sample only: 江汉春晓 2022"
_numbers = itertools.count(1)


@dataclass
class Deployment:
    """One deployment. `public` and `staff` are its two sites, each an application of its own."""

    settings: Settings

    @cached_property
    def everything(self) -> Flask:
        """Both parts in one process, as on the command line."""
        return create_app(self.settings)

    @cached_property
    def public(self) -> Flask:
        """The public site alone."""
        return create_app(replace(self.settings, parts=frozenset({"public"})))

    @cached_property
    def staff(self) -> Flask:
        """The staff site alone."""
        return create_app(replace(self.settings, parts=frozenset({"staff"})))

    @property
    def database(self) -> Database:
        """The database, with every key at hand."""
        found: Database = self.everything.extensions["database"]
        return found

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
                password_hash=_hashed(),
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

    def close(self) -> None:
        """Let go of every connection."""
        for made in ("everything", "public", "staff"):
            if made in self.__dict__:
                self.__dict__[made].extensions["database"].engine.dispose()


class Templates:
    """Deployments set up once per run, and copied for each test."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._made: dict[str, Path] = {}
        self._postgres: Postgres | None = None

    def postgres(self) -> Postgres:
        """The run's PostgreSQL server, started when first asked for."""
        if self._postgres is None:
            self._postgres = Postgres()
            self._postgres.start()
        return self._postgres

    def stop(self) -> None:
        """Stop what was started."""
        if self._postgres is not None:
            self._postgres.stop()

    @contextmanager
    def copy(self, campaign: Path, kind: str, to: Path, **environ: str) -> Iterator[Deployment]:
        """A fresh deployment of a campaign on `sqlite` or `postgresql`."""
        name = f"{campaign.name}_{kind}".replace("-", "_")
        if name not in self._made:
            self._made[name] = self._set_up(campaign, kind, name)
        shutil.copytree(self._made[name], to)
        url = self._copied_url(kind, name)
        deployment = Deployment(_settings(to, url, environ))
        try:
            yield deployment
        finally:
            deployment.close()
            if url:
                self.postgres().drop(url.split("/")[3].split("?")[0])

    def _set_up(self, campaign: Path, kind: str, name: str) -> Path:
        folder = self._root / name
        url = self.postgres().create(name) if kind == "postgresql" else ""
        deployment = Deployment(_settings(folder, url, {}))
        for words in (("init",), ("campaign", "load", str(campaign))):
            result = deployment.run(*words)
            assert result.exit_code == 0, (result.output, result.exception)
        deployment.close()
        return folder

    def _copied_url(self, kind: str, name: str) -> str:
        if kind == "sqlite":
            return ""
        return self.postgres().create(f"copy_{next(_numbers)}", template=name)


def _settings(folder: Path, url: str, environ: Mapping[str, str]) -> Settings:
    return Settings.from_environment(
        {"DATA_DIR": str(folder), "DATABASE_URL": url, "DEMO": "1", **environ}
    )


def token_on(client: FlaskClient, path: str) -> dict[str, str]:
    """The form token that a page shows, to be posted with its form."""
    page = client.get(path).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)
    assert found, page
    return {"csrf_token": found[1]}


_kept_hash: list[str] = []


def _hashed() -> str:
    if not _kept_hash:
        _kept_hash.append(password.hashed(PASSWORD))
    return _kept_hash[0]
