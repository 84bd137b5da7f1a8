"""The product as `make run` starts it: three processes on the loopback address, and clients for
them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.deployments import Deployment
from tests.patience import PATIENCE
from tests.services.ports import free_port

ROOT = Path(__file__).parents[1]


@dataclass
class Running:
    """One running deployment. Leave the block, or call `kill`, and every process of it is gone.
    `more` are settings that go before all others."""

    deployment: Deployment
    public_port: int = 0
    staff_port: int = 0
    more: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _log: Path = field(default=Path("/dev/null"))

    @property
    def public_url(self) -> str:
        """The public site."""
        return f"http://127.0.0.1:{self.public_port}"

    @property
    def staff_url(self) -> str:
        """The staff site."""
        return f"http://127.0.0.1:{self.staff_port}"

    @property
    def log(self) -> str:
        """Everything the processes have printed."""
        return self._log.read_text(errors="replace")

    def start(self) -> None:
        """Start the launcher in a process group of its own, and wait until both sites answer."""
        self.public_port = self.public_port or free_port()
        self.staff_port = self.staff_port or free_port()
        settings = self.deployment.settings
        self._log = settings.data_dir.parent / f"{settings.data_dir.name}.log"
        environ = os.environ | {
            "DATA_DIR": str(settings.data_dir),
            "DATABASE_URL": "" if settings.is_sqlite else settings.database_url,
            "PUBLIC_URL": self.public_url,
            "STAFF_URL": self.staff_url,
            "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
            "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
            "TWILIO_NUMBER": settings.twilio_number,
            "TWILIO_API_BASE": settings.twilio_api_base,
            "SMS_GATEWAY_SECRET": settings.sms_gateway_secret,
            "SMS_DAILY_CEILING": str(settings.sms_daily_ceiling),
        }
        environ.pop("DEMO", None)
        environ |= self.more
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "admin.system.launcher"],
                cwd=ROOT,
                env=environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def kill(self) -> None:
        """End everything at once, as a power cut would as far as the processes go."""
        if self._process is not None:
            for pid in self.pids():
                _send(pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
            self._process = None

    def stop(self) -> None:
        """End everything as an operator does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(PATIENCE)
            self._process = None

    def pids(self) -> list[int]:
        """The launcher and everything below it."""
        assert self._process is not None
        found = [self._process.pid]
        for pid in found:
            found.extend(_children(pid))
        return found

    def public_pids(self) -> list[int]:
        """The processes of the public site: its gunicorn and its workers."""
        bind = f"127.0.0.1:{self.public_port}".encode()
        return [pid for pid in self.pids() if bind in _command_line(pid)]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        for url in (self.public_url, self.staff_url):
            while True:
                try:
                    httpx.get(f"{url}/healthz", timeout=10)
                    break
                except httpx.HTTPError:
                    ended = self._process is None or self._process.poll() is not None
                    if ended or time.monotonic() > deadline:
                        raise RuntimeError(f"{url} did not start:\n{self.log}") from None
                    time.sleep(0.1)


@dataclass
class Reporter:
    """A citizen at a browser without JavaScript, who may come from an address of his own."""

    url: str
    address: str = "127.0.0.1"
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        transport = httpx.HTTPTransport(local_address=self.address)
        self.client = httpx.Client(base_url=self.url, transport=transport, timeout=PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.close()

    def form(self, slug: str = "tip-off") -> dict[str, str]:
        """The hidden fields of a fresh form."""
        return hidden_fields(self.client.get(f"/report/{slug}").text)

    def send(self, fields: dict[str, str], slug: str = "tip-off") -> tuple[str, str]:
        """Post a form; returns case number and query code."""
        answer = self.client.post(f"/report/{slug}", data=fields)
        assert answer.status_code == 200, answer.text
        return receipt_on(answer.text)

    def progress(self, code: str) -> str:
        """The page that the code opens."""
        page = self.client.get("/progress").text
        answer = self.client.post("/progress", data={**hidden_fields(page), "query_code": code})
        return answer.text


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of the first form that has any."""
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        if 'type="hidden"' in tag:
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name:
                fields.setdefault(name[1], value[1] if value else "")
    return fields


def receipt_on(page: str) -> tuple[str, str]:
    """Case number and query code, as the elements that show them carry them."""
    number = re.search(r'data-case-number="([^"]+)"', page)
    code = re.search(r'data-query-code="([^"]+)"', page)
    assert number, page
    assert code, page
    return number[1], code[1]


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found.extend(int(word) for word in task.read_text().split())
        except OSError:
            continue
    return found


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
