"""Servers as `make run` starts them: gunicorn, the product's own settings file, a loopback port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.processes import Memory, children_of, cpu_seconds, memory_of
from portal.foundation.settings import Settings

CHECKOUT = Path(__file__).parents[1]

_GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "admin/system/gunicorn_settings.py")
_READY_WITHIN_SECONDS = 30.0


class DidNotStart(RuntimeError):
    """A server ended, or didn't answer in time; the text says which."""


@dataclass(frozen=True)
class Site:
    """Something to serve: what gunicorn loads, with which environment, and what says it's ready."""

    name: str
    application: str
    environment: Mapping[str, str]
    ready: str


BARE = Site("bare page", "bench.bare_page:create_app()", {}, "/")


def public_site(settings: Settings) -> Site:
    """The public site of a deployment, without a private key."""
    return Site("public site", "wsgi:create_app()", _environment(settings, "public"), "/readyz")


def staff_site(settings: Settings) -> Site:
    """The staff site of a deployment."""
    return Site("staff site", "wsgi:create_app()", _environment(settings, "staff"), "/readyz")


class Server:
    """A running server."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.port = _free_port()
        began = time.monotonic()
        self._master = subprocess.Popen(
            (*_GUNICORN, "-b", f"127.0.0.1:{self.port}", site.application),
            cwd=CHECKOUT,
            env=os.environ | site.environment,
        )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        self.seconds_to_ready = time.monotonic() - began

    def cpu_seconds(self) -> float:
        """Seconds on the CPU since the start, of the master and its workers together."""
        return cpu_seconds([self._master.pid, *children_of(self._master.pid)])

    def memory_of_workers(self) -> list[Memory]:
        """What each worker holds now."""
        return [memory_of(pid) for pid in children_of(self._master.pid)]

    def stop(self) -> None:
        """End it; a second call does nothing."""
        if self._master.poll() is None:
            self._master.send_signal(signal.SIGTERM)
            try:
                self._master.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._master.kill()
                self._master.wait()

    def _wait(self) -> None:
        last_moment = time.monotonic() + _READY_WITHIN_SECONDS
        while not self._is_ready():
            if self._master.poll() is not None or time.monotonic() > last_moment:
                raise DidNotStart(f"the {self.site.name} did not get ready")
            time.sleep(0.01)

    def _is_ready(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_READY_WITHIN_SECONDS)
        try:
            connection.request("GET", self.site.ready)
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


@contextmanager
def served(*sites: Site) -> Iterator[list[Server]]:
    """Serve several sites at once, each on a port of its own, until the block ends."""
    with ExitStack() as stack:
        servers = []
        for site in sites:
            servers.append(Server(site))
            stack.callback(servers[-1].stop)
        yield servers


def seconds_to_ready(site: Site, times: int) -> list[float]:
    """How long several starts took, from the command to the first good answer."""
    took = []
    for _ in range(times):
        with served(site) as (server,):
            took.append(server.seconds_to_ready)
    return took


def _environment(settings: Settings, part: str) -> dict[str, str]:
    return {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "TRUSTED_PROXIES": str(settings.trusted_proxies),
        "PUBLIC_URL": settings.public_url,
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
        "TWILIO_NUMBER": settings.twilio_number,
        # Sample telephones keep a site from being ready, unless it is a demonstration.
        "DEMO": "1",
        "PARTS": part,
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
