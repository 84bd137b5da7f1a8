"""How often one client may knock at each door, with Flask-Limiter and exact counts.

Citizens' doors stay open when the counts can't be reached; signing in doesn't. Published pages have
no limit at all, since asking would cost more than answering.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from math import ceil
from typing import Any, TypeVar

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from limits import RateLimitItem, RateLimitItemPerSecond

from portal.foundation import client, clock
from portal.foundation.client import keyed, share_salt, trust_proxies
from portal.foundation.limits_storage import SqliteStorage, address_of
from portal.foundation.logs import log_error
from portal.foundation.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])

# How long a closed door asks to wait while the counts can't be reached.
_UNREACHABLE_SECONDS = 30


@dataclass(frozen=True)
class Window:
    """At most `amount` in any `seconds`."""

    amount: int
    seconds: int


@dataclass(frozen=True)
class Door:
    """What one client may do at one door, and why just so often."""

    windows: tuple[Window, ...]
    why: str
    fails_closed: bool = False


DOORS: Mapping[str, Door] = {
    "report": Door(
        (Window(240, 60), Window(1200, 3600)),
        "The telephones of a whole street share one carrier address; a street may report at once.",
    ),
    "query-code": Door(
        (Window(10, 60), Window(60, 3600)),
        "Only wrong codes count. With 80 bits none is ever guessed: this spares the database.",
    ),
    "own-name": Door(
        (Window(30, 60), Window(300, 3600)),
        "Whoever looks for himself tries a few times; going through names costs more than reading "
        "the lists.",
    ),
    "text-sender": Door(
        (Window(20, 600),),
        "Over it a text is kept all the same, but only one in several is answered: answers cost "
        "money.",
    ),
    "text-sender-over": Door(
        (Window(1, 300),),
        "One answer in a while to whoever sends more than he is answered each time.",
    ),
    "mail-client": Door(
        (Window(10, 3600), Window(30, 86400)),
        "Each address that is left gets a mail at once: nobody may fill another's mailbox.",
    ),
    "mail-address": Door(
        (Window(3, 86400),),
        "Over it an address is kept all the same, but no further mail says so.",
    ),
    "sign-in-name": Door(
        (Window(5, 600),), "Guessing one person's password must be slow.", fails_closed=True
    ),
    "sign-in-client": Door(
        (Window(30, 600),),
        "A department shares one address and signs in at nine.",
        fails_closed=True,
    ),
}
_ELSEWHERE = Door((), "A door that names its own window.")


@dataclass(frozen=True)
class Verdict:
    """Whether it is allowed, and in how many seconds it will be (0 when it is)."""

    allowed: bool
    retry_after: int = 0


_ALLOWED = Verdict(True)


class Limits:
    """The limits of this process. The application set up last decides where counts live."""

    def __init__(self) -> None:
        self._limiter = Limiter(client.client_key, strategy="moving-window", swallow_errors=True)
        self._reported = False
        logging.getLogger("flask-limiter").addFilter(self._without_keys)

    def init_app(self, app: Flask, settings: Settings) -> None:
        """Set up the counts and say which proxies are believed about a client's address."""
        trust_proxies(app, settings.trusted_proxies)
        limits_file = settings.database_dir / "limits.db"
        app.config["RATELIMIT_STORAGE_URI"] = settings.limits_url or address_of(limits_file)
        if settings.limits_url:
            # A silent server may cost a citizen half a second, not a minute.
            timeouts = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
            app.config["RATELIMIT_STORAGE_OPTIONS"] = timeouts
        # Flask-Limiter's own hooks would run for every page and cost more than one. Taken
        # for registered they stay away; `guard` and `hit` don't need them.
        app.extensions.setdefault("limiter", set()).add(self._limiter)
        self._limiter.init_app(app)
        storage = self._limiter.storage
        on_this_machine = isinstance(storage, SqliteStorage)
        share_salt(None if on_this_machine else getattr(storage, "storage", None))

    def client_key(self) -> str:
        """The key of whoever sent the request."""
        return client.client_key()

    def sender_key(self, number: str) -> str:
        """The key of the telephone that sent a text message."""
        return client.sender_key(number)

    def hit(
        self, name: str, key: str, *, amount: int | None = None, per_seconds: int | None = None
    ) -> Verdict:
        """Count one try of `key` at the door `name`, unless it is refused.

        Without `amount` and `per_seconds` the windows of `DOORS` hold. A refused try isn't counted.
        """
        return self._ask(self._limiter.limiter.hit, name, key, _window(amount, per_seconds))

    def test(
        self, name: str, key: str, *, amount: int | None = None, per_seconds: int | None = None
    ) -> Verdict:
        """Whether a try would be allowed now; nothing is counted."""
        return self._ask(self._limiter.limiter.test, name, key, _window(amount, per_seconds))

    def guard(
        self,
        name: str,
        limit: str = "",
        *,
        key: Callable[[], str] = client.client_key,
        methods: tuple[str, ...] = ("POST",),
    ) -> Callable[[View], View]:
        """Limit a view: to `limit`, such as "300 per 10 minutes", or else to the door's windows.

        The view answers 429 by raising `RateLimitExceeded`, whose `retry_after` is in seconds.

        Raises:
            ValueError: the door fails closed; its view must ask `hit`.
        """
        if DOORS.get(name, _ELSEWHERE).fails_closed:
            raise ValueError(f"the door {name} fails closed: ask limits.hit in the view")
        limiting = self._limiter.shared_limit(
            limit or _as_words(name), scope=name, key_func=key, methods=list(methods)
        )

        def decorate(view: View) -> View:
            limited = limiting(view)

            @wraps(view)
            def guarded(*args: Any, **kwargs: Any) -> Any:
                try:
                    return limited(*args, **kwargs)
                except RateLimitExceeded as refusal:
                    breached = self._limiter.current_limit
                    resets_at = breached.window.reset_time if breached else 0
                    refusal.retry_after = _seconds_until(resets_at)
                    raise

            return guarded  # type: ignore[return-value]

        return decorate

    def _ask(
        self, act: Callable[..., bool], name: str, key: str, window: tuple[Window, ...]
    ) -> Verdict:
        door = DOORS.get(name, _ELSEWHERE)
        identity = keyed(name, key)
        try:
            for item in _items(window or door.windows):
                if not act(item, name, identity):
                    stats = self._limiter.limiter.get_window_stats(item, name, identity)
                    return Verdict(False, _seconds_until(stats.reset_time))
        except self._limiter.storage.base_exceptions as problem:
            self._report_once(problem)
            return Verdict(False, _UNREACHABLE_SECONDS) if door.fails_closed else _ALLOWED
        self._reported = False
        return _ALLOWED

    def _report_once(self, problem: BaseException) -> None:
        """Log the first failure of a row of failures; the rest would only fill the disk."""
        if not self._reported:
            self._reported = True
            log_error(problem, "the limits can't be counted: citizens pass, signing in is closed")

    def _without_keys(self, record: logging.LogRecord) -> bool:
        # Flask-Limiter's line on a refusal names the client's key and the page: nobody's business.
        if record.exc_info and record.exc_info[1]:
            self._report_once(record.exc_info[1])
            return False
        return record.levelno >= logging.WARNING


def _window(amount: int | None, per_seconds: int | None) -> tuple[Window, ...]:
    if amount is None or per_seconds is None:
        return ()
    return (Window(amount, per_seconds),)


@lru_cache(maxsize=256)
def _items(windows: tuple[Window, ...]) -> tuple[RateLimitItem, ...]:
    # The shortest first: a try that it refuses then doesn't use up the longer one.
    ordered = sorted(windows, key=lambda window: window.seconds)
    return tuple(RateLimitItemPerSecond(window.amount, window.seconds) for window in ordered)


def _as_words(name: str) -> str:
    def words() -> Iterator[str]:
        for window in DOORS[name].windows:
            yield f"{window.amount} per {window.seconds} seconds"

    return "; ".join(words())


def _seconds_until(moment: float) -> int:
    return max(1, ceil(moment - clock.now().timestamp()))


limits = Limits()
