"""A published page is rendered once a revision, and withdrawn with the next request."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from flask import Flask, Response, abort, request
from sqlalchemy import create_engine, text

from portal.foundation import cached_pages, clock, headers
from portal.foundation.cached_pages import RevisionReader, published_page
from portal.foundation.settings import Settings
from tests.services.postgres import Postgres


class Site:
    """An application with published pages, its revision, and how often it rendered."""

    def __init__(self) -> None:
        self.revision: int | None = 1
        self.out_of_reach = False
        self.rendered = 0
        self.words = "补贴政策"
        self.app = Flask("site")
        cached_pages.init_app(self.app, self.read_revision)
        self.app.add_url_rule("/list", "list", published_page(self.page))
        paged = published_page(query=("page",))(self.page_of)
        self.app.add_url_rule("/paged", "paged", paged)
        self.app.add_url_rule("/odd/<what>", "odd", published_page(self.odd))
        self.client = self.app.test_client()

    def read_revision(self) -> int | None:
        """What the database says, when it can be reached."""
        if self.out_of_reach:
            raise sqlite3.OperationalError("unable to open database file")
        return self.revision

    def page(self) -> str:
        """One page."""
        self.rendered += 1
        return self.words

    def page_of(self) -> str:
        """A page that depends on a named parameter, and echoes another."""
        self.rendered += 1
        return f"{request.args.get('page', '1')} {request.args.get('from', '')}"

    def odd(self, what: str) -> Response:
        """Answers that must not be kept."""
        self.rendered += 1
        if what == "missing":
            abort(404)
        response = Response("one reader's own")
        if what == "cookie":
            response.set_cookie("a", "b")
        return response


@pytest.fixture
def site() -> Site:
    """A fresh site."""
    return Site()


def test_a_page_is_rendered_once(site: Site) -> None:
    first, second = site.client.get("/list"), site.client.get("/list")
    assert first.text == second.text == "补贴政策"
    assert site.rendered == 1
    assert list(first.headers) == list(second.headers)
    assert second.headers["Cache-Control"] == "public, no-cache"


def test_a_new_revision_withdraws_at_once(site: Site) -> None:
    etag = site.client.get("/list").headers["ETag"]
    site.words, site.revision = "已撤下", 2
    answer = site.client.get("/list", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.text) == (200, "已撤下")


def test_a_new_day_renders_anew(site: Site) -> None:
    for hour in (15, 16):
        with clock.stopped_at(datetime(2022, 6, 1, hour, tzinfo=UTC)):
            site.client.get("/list")
    assert site.rendered == 2


def test_who_has_the_page_gets_304_without_a_body(site: Site) -> None:
    etag = site.client.get("/list").headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = site.client.get("/list", headers={"If-None-Match": known})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == etag
    assert site.client.get("/list", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("headers_first", [True, False])
def test_kept_pages_carry_the_usual_headers_once(headers_first: bool) -> None:
    app, settings = Flask("order"), Settings.from_environment({})
    if headers_first:
        headers.init_app(app, settings)
    cached_pages.init_app(app, lambda: 1)
    if not headers_first:
        headers.init_app(app, settings)
    app.add_url_rule("/", "home", published_page(lambda: "home"))
    client = app.test_client()
    first, kept = client.get("/"), client.get("/")
    assert sorted(first.headers) == sorted(kept.headers)
    assert len(kept.headers.getlist("Content-Security-Policy")) == 1
    again = client.get("/", headers={"If-None-Match": kept.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "public, no-cache"
    assert again.headers["X-Content-Type-Options"] == "nosniff"


def test_a_database_out_of_reach_is_an_error_and_no_old_page(site: Site) -> None:
    site.client.get("/list")
    site.out_of_reach = True
    assert site.client.get("/list").status_code == 500


def test_head_has_the_length_and_no_body(site: Site) -> None:
    site.client.get("/list")
    answer = site.client.head("/list")
    assert answer.data == b""
    assert answer.headers["Content-Length"] == str(len("补贴政策".encode()))


def test_only_named_parameters_tell_pages_apart(site: Site) -> None:
    assert site.client.get("/paged?page=2").text == "2 "
    assert site.client.get("/paged?page=3").text == "3 "
    # A messenger appends its own parameters; they are shown the kept page.
    assert site.client.get("/paged?page=2&from=timeline").text == "2 "
    assert site.rendered == 2


def test_what_a_stranger_appends_is_never_kept(site: Site) -> None:
    assert site.client.get("/paged?page=5&from=evil").text == "5 evil"
    assert site.client.get("/paged?page=5").text == "5 "


@pytest.mark.parametrize("what", ["missing", "cookie"])
def test_only_plain_finished_answers_are_kept(site: Site, what: str) -> None:
    site.client.get(f"/odd/{what}")
    site.client.get(f"/odd/{what}")
    assert site.rendered == 2


def test_without_a_campaign_nothing_is_kept(site: Site) -> None:
    site.revision = None
    site.client.get("/list")
    site.client.get("/list")
    assert site.rendered == 2


def test_the_page_asked_for_longest_ago_makes_room(site: Site) -> None:
    for number in range(500):
        site.client.get(f"/odd/{number}")
    site.client.get("/odd/0")
    site.client.get("/odd/500")
    assert site.rendered == 501
    site.client.get("/odd/0")
    assert site.rendered == 501
    site.client.get("/odd/1")
    assert site.rendered == 502


def test_the_revision_is_read_from_sqlite_as_it_is_now(tmp_path: Path) -> None:
    file = tmp_path / "a database.db"
    own = sqlite3.connect(file, isolation_level=None)
    own.execute("CREATE TABLE campaign (revision INTEGER)")
    read = RevisionReader(create_engine(f"sqlite:///{file}"))
    assert read() is None
    own.execute("INSERT INTO campaign VALUES (7)")
    assert read() == 7
    own.execute("UPDATE campaign SET revision = 8")
    assert read() == 8


def test_reading_a_revision_makes_no_database(tmp_path: Path) -> None:
    file = tmp_path / "none.db"
    with pytest.raises(sqlite3.OperationalError):
        RevisionReader(create_engine(f"sqlite:///{file}"))()
    assert not file.exists()


def test_the_revision_is_read_from_postgresql_after_a_broken_connection() -> None:
    with Postgres() as server:
        engine = create_engine(server.create("revisions"))
        with engine.begin() as own:
            own.execute(text("CREATE TABLE campaign AS SELECT 7 AS revision"))
        read = RevisionReader(engine)
        assert read() == 7
        with engine.begin() as own:
            own.execute(text("UPDATE campaign SET revision = 8"))
        assert read() == 8
        everybody_else = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
        with engine.begin() as own:
            own.execute(text(everybody_else + "pg_backend_pid() AND datname = 'revisions'"))
        with pytest.raises(psycopg.OperationalError):
            read()
        assert read() == 8
        engine.dispose()
