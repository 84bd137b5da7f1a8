"""Deployments set up once and used by many tests: nothing costs a test more than setting one up."""

from __future__ import annotations

import fcntl
import itertools
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from admin.sealed_class.founding import pin_class
from admin.system.set_up import bring_schema_up
from intake.vault.class_key import new_class_key
from portal.foundation.settings import Settings
from tests.deployments import CAMPAIGNS, PRINTED, Deployment, put_in_place
from tests.services.postgres import Postgres

_numbers = itertools.count(1)


class Templates:
    """Deployments set up once: on SQLite for all workers in `shared`, if that is given; on
    PostgreSQL, of which each has a server, per worker. A test gets a copy of its own, or is lent
    one that others had before and is put back to its beginning each time."""

    def __init__(self, root: Path, shared: Path | None = None) -> None:
        self._root = root
        self._shared = shared or root
        self._made: dict[str, Path] = {}
        self._idle: defaultdict[tuple[object, ...], list[Deployment]] = defaultdict(list)
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
        """A deployment of a campaign on `sqlite` or `postgresql`, and gone afterwards."""
        deployment = self._copied(campaign, kind, to, environ)
        try:
            yield deployment
        finally:
            self._end(deployment)

    @contextmanager
    def lend(self, campaign: Path, kind: str, **environ: str) -> Iterator[Deployment]:
        """The same put back to its beginning, and its applications warm from other tests.

        To make two applications and the first page of each takes longer than most tests do.
        Whoever changes a key or an application may: that deployment is lent to nobody else.
        """
        idle = self._idle[campaign, kind, *sorted(environ.items())]
        lent = idle.pop() if idle else self._one_more(campaign, kind, environ)
        self._put_back(lent, self._template(campaign, kind))
        try:
            yield lent
        finally:
            lent.close()
        if lent.is_as_made(self._template(campaign, kind)):
            idle.append(lent)
        else:
            self._end(lent)

    def _one_more(self, campaign: Path, kind: str, environ: Mapping[str, str]) -> Deployment:
        folder = self._root / f"lent_{next(_numbers)}" / "data"
        made = self._copied(campaign, kind, folder, environ)
        if kind == "postgresql":
            self.postgres().keep(_database_name(made))
        return made

    def _put_back(self, lent: Deployment, template: Path) -> None:
        if lent.settings.is_sqlite:
            put_in_place(_file(template), _file(lent.settings.data_dir))
        else:
            self.postgres().put_back(_database_name(lent))
        lent.beginnings = template.with_name(f"{template.name}_beginnings")
        lent.beginnings.mkdir(exist_ok=True)
        lent.forget()

    def _copied(
        self, campaign: Path, kind: str, to: Path, environ: Mapping[str, str]
    ) -> Deployment:
        shutil.copytree(self._template(campaign, kind), to)
        url = ""
        if kind == "postgresql":
            template = _name(campaign, kind)
            url = self.postgres().create(f"copy_{next(_numbers)}", template=template)
        return Deployment(_settings(to, url, environ))

    def _end(self, deployment: Deployment) -> None:
        deployment.close()
        if not deployment.settings.is_sqlite:
            self.postgres().drop(_database_name(deployment))

    def _template(self, campaign: Path, kind: str) -> Path:
        name = _name(campaign, kind)
        if name not in self._made:
            # Elsewhere two campaigns may have one name.
            is_shared = kind == "sqlite" and campaign.parent == CAMPAIGNS
            folder = (self._shared if is_shared else self._root) / name
            with _first_to(folder) as is_first:
                if is_first:
                    self._set_up(campaign, kind, folder)
            self._made[name] = folder
        return self._made[name]

    def _set_up(self, campaign: Path, kind: str, folder: Path) -> None:
        url = self._without_rows(kind, folder)
        deployment = Deployment(_settings(folder, url, {}))
        for words in (("init",), ("campaign", "load", str(campaign))):
            result = deployment.run(*words)
            assert result.exit_code == 0, (result.output, result.exception)
        with deployment.database.writing() as session:
            # Without its event, so that what tests find in the chain is their own.
            new_class_key(session, PRINTED.public)
        pin_class(deployment.settings, PRINTED.public)
        deployment.close()

    def _without_rows(self, kind: str, folder: Path) -> str:
        """A database that has its tables; its address on PostgreSQL. All migrations take longer
        than a campaign's loading, so they run once for each kind of database."""
        if kind == "postgresql":
            return self.postgres().create(folder.name, template=self._schema_on_postgresql)
        _file(folder).parent.mkdir(parents=True)
        put_in_place(self._schema_on_sqlite, _file(folder))
        return ""

    @cached_property
    def _schema_on_postgresql(self) -> str:
        bring_schema_up(self.postgres().create("schema"))
        return "schema"

    @cached_property
    def _schema_on_sqlite(self) -> Path:
        folder = self._shared / "schema"
        with _first_to(folder) as is_first:
            if is_first:
                _file(folder).parent.mkdir(parents=True)
                bring_schema_up(f"sqlite:///{_file(folder)}")
        return _file(folder)


@contextmanager
def _first_to(folder: Path) -> Iterator[bool]:
    """Whether nobody has made a folder before; another worker waits until it is made, and makes it
    anew if that failed."""
    made = folder.with_name(f"{folder.name}.made")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_first = not made.exists()
        if is_first:
            shutil.rmtree(folder, ignore_errors=True)
        yield is_first
        made.touch()


def _settings(folder: Path, url: str, environ: Mapping[str, str]) -> Settings:
    return Settings.from_environment(
        {"DATA_DIR": str(folder), "DATABASE_URL": url, "DEMO": "1", **environ}
    )


def _name(campaign: Path, kind: str) -> str:
    return f"{campaign.name}_{kind}".replace("-", "_")


def _database_name(deployment: Deployment) -> str:
    return deployment.settings.database_url.split("/")[3].split("?")[0]


def _file(data_dir: Path) -> Path:
    return data_dir / "database" / "huimin.db"
