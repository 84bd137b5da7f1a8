"""Published pages kept as finished bytes, so that a page costs about as much as an empty one.

The revision of everything published is read afresh for every request: what the office withdraws is
gone with the next click. A kept page belongs to one revision and one Shanghai day.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from os import getpid
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

from flask import Flask, Response, current_app, g, make_response, request
from sqlalchemy import Engine

from portal.foundation import clock
from portal.foundation.finished_page import FinishedPage
from portal.foundation.headers import USUAL_HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

View = TypeVar("View", bound=Callable[..., Any])
Made = TypeVar("Made")
Revision = Callable[[], int | None]
_Address = tuple[str, ...]

_READ_REVISION = "SELECT revision FROM campaign"
_MOST_PAGES = 500
_MOST_BYTES = 262_144
_LONGEST_QUERY = 200


@dataclass(frozen=True)
class _Shelf:
    """The pages of one revision and day, and what several of them were made of. A new revision gets
    a new, empty shelf."""

    stamp: tuple[int, date]
    pages: OrderedDict[_Address, FinishedPage] = field(default_factory=OrderedDict)
    made_of: dict[Hashable, object] = field(default_factory=dict)


class PublishedPages:
    """The pages kept by one process."""

    def __init__(self, revision: Revision) -> None:
        self._revision = revision
        self._shelf: _Shelf | None = None
        self._turn = threading.Lock()

    def shelf(self) -> _Shelf | None:
        """The shelf of this moment; None when no campaign is loaded."""
        revision = self._revision()
        if revision is None:
            return None
        stamp = (revision, clock.today())
        found = self._shelf
        if found is None or found.stamp != stamp:
            # One assignment publishes stamp and pages together.
            self._shelf = found = _Shelf(stamp)
        return found

    def may_have(self, address: _Address) -> bool:
        """Whether the last shelf has the page; a cheap question before the revision is read."""
        found = self._shelf
        return found is not None and address in found.pages

    def find(self, shelf: _Shelf, address: _Address) -> FinishedPage | None:
        """A kept page, which thereby becomes the last one to be dropped."""
        with self._turn:
            page = shelf.pages.get(address)
            if page:
                shelf.pages.move_to_end(address)
        return page

    def keep(self, shelf: _Shelf, address: _Address, page: FinishedPage) -> None:
        """Put a page on the shelf; the one that nobody asked for longest makes room."""
        with self._turn:
            shelf.pages[address] = page
            if len(shelf.pages) > _MOST_PAGES:
                shelf.pages.popitem(last=False)


class _Front:
    """Answers a plain request for a kept page before Flask is asked, cheaper than an empty one.

    Everything else goes through: other methods, parameters, other pages, a database out of reach.
    """

    def __init__(self, app: Flask, pages: PublishedPages) -> None:
        self._app = app
        self._inner = app.wsgi_app
        self._pages = pages

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        page = None
        if environ["REQUEST_METHOD"] == "GET" and not environ.get("QUERY_STRING"):
            page = self._kept((environ["PATH_INFO"],))
        if page is None:
            return self._inner(environ, start_response)
        # Whichever of the two was set up first: these answers carry the usual headers, too.
        usual = self._app.extensions.get(USUAL_HEADERS, [])
        found = page.for_reader(environ.get("HTTP_ACCEPT_ENCODING"))
        if found.is_known_to(environ.get("HTTP_IF_NONE_MATCH")):
            start_response("304 NOT MODIFIED", found.headers_of_304 + usual)
            return []
        start_response("200 OK", found.headers + usual)
        return [found.body]

    def _kept(self, address: _Address) -> FinishedPage | None:
        if not self._pages.may_have(address):
            return None
        try:
            shelf = self._pages.shelf()
        except Exception:
            # Flask asks again and gives the failure its page.
            return None
        return self._pages.find(shelf, address) if shelf else None


def init_app(app: Flask, revision: Revision) -> None:
    """Keep pages for this application. `revision` is asked once for each request."""
    pages = PublishedPages(revision)
    app.extensions["published_pages"] = pages
    app.extensions["published_revision"] = revision
    app.wsgi_app = _Front(app, pages)  # type: ignore[method-assign]


@overload
def published_page(view: View) -> View: ...
@overload
def published_page(*, query: tuple[str, ...] = ()) -> Callable[[View], View]: ...
def published_page(view: Any = None, *, query: tuple[str, ...] = ()) -> Any:
    """Keep what a GET view shows to everybody alike.

    The view may depend on its path, the campaign's revision, the day, and the parameters named in
    `query`; it sets no cookie and shows nothing that is one reader's own.
    """
    if view is None:
        return lambda decorated: _keeping(decorated, query)
    return _keeping(view, query)


def kept_with_pages(key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` gives, made once for all pages of a revision and day. Like them it depends on
    nothing else; whoever names it in `key` lets no reader choose the key, which would fill the
    memory."""
    pages: PublishedPages = current_app.extensions["published_pages"]
    shelf = pages.shelf()
    if shelf is None:
        return make()
    if key not in shelf.made_of:
        shelf.made_of[key] = make()
    found: Made = shelf.made_of[key]  # type: ignore[assignment]
    return found


class RevisionReader:
    """Reads the campaign's revision on a connection kept for each thread.

    It stays below SQLAlchemy on purpose: through the ORM the reading would cost more than the page.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._mine = threading.local()

    def __call__(self) -> int | None:
        """The revision; None where no campaign is loaded."""
        held: _Held | None = getattr(self._mine, "held", None)
        # A connection that was opened before a fork is never used after it.
        if held is None or held.process != getpid():
            self._mine.held = held = _Held(_own_connection(self._engine))
        try:
            row = held.connection.execute(_READ_REVISION).fetchone()
        except Exception:
            # A server that was restarted is asked anew with the next request.
            self.close()
            raise
        return None if row is None else int(row[0])

    def close(self) -> None:
        """Let go of this thread's connection; the next reading opens another."""
        self._mine.__dict__.pop("held", None)


class _Held:
    """A connection that is closed with its thread, by the process that opened it and by no
    other."""

    def __init__(self, connection: Any) -> None:
        self.process = getpid()
        self.connection = connection
        # Unlike `__del__`, this keeps the connection alive until it is closed.
        weakref.finalize(self, _close, connection, self.process)


def _close(connection: Any, process: int) -> None:
    if process == getpid():
        connection.close()


def _keeping(view: View, query: tuple[str, ...]) -> View:
    @wraps(view)
    def kept(*args: Any, **kwargs: Any) -> Any:
        pages: PublishedPages = current_app.extensions["published_pages"]
        # A page is kept under its path, and so may show it; its query it may not.
        g.published_path = request.path
        shelf = pages.shelf()
        if shelf is None or request.method not in {"GET", "HEAD"}:
            return view(*args, **kwargs)
        address, exact = _address(query)
        page = pages.find(shelf, address)
        if page is None:
            response = make_response(view(*args, **kwargs))
            page = _finished(response)
            if page is None:
                return response
            # A view might echo a parameter that the address leaves out: shown once, never kept.
            if exact:
                pages.keep(shelf, address, page)
        return _answer(page)

    return kept  # type: ignore[return-value]


def _own_connection(engine: Engine) -> Any:
    if engine.dialect.name == "sqlite":
        # Without a mode, SQLite would make an empty file where there is none.
        address = f"{Path(engine.url.database or '').resolve().as_uri()}?mode=rw"
        # One thread reads with it, but whichever finds that thread gone closes it.
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=5.0, check_same_thread=False
        )
        connection.execute("PRAGMA query_only = ON")
        return connection
    pooled = engine.raw_connection()
    driver: Any = pooled.driver_connection
    # Detached, it no longer takes one of the pool's places.
    pooled.detach()
    driver.autocommit = True
    return driver


def _address(query: tuple[str, ...]) -> tuple[_Address, bool]:
    """What the page is kept under, and whether that says everything the request asked for."""
    asked = request.query_string
    if not asked:
        return (request.path,), True
    named = tuple(f"{name}={value}" for name in query for value in request.args.getlist(name))
    exact = len(asked) <= _LONGEST_QUERY and all(name in query for name in request.args)
    return (request.path, *named), exact


def _finished(response: Response) -> FinishedPage | None:
    """The page of a response that may be kept, or None."""
    if response.status_code != 200 or response.is_streamed or "Set-Cookie" in response.headers:
        return None
    body = response.get_data()
    if len(body) > _MOST_BYTES:
        return None
    return FinishedPage.of(body, list(response.headers))


def _answer(page: FinishedPage) -> Response:
    found = page.for_reader(request.headers.get("Accept-Encoding"))
    if found.is_known_to(request.headers.get("If-None-Match")):
        return Response(status=304, headers=found.headers_of_304)
    return Response(found.body, headers=found.headers)
