"""Debian's nginx with the configuration that `deploy/nginx` ships, before one running product."""

from __future__ import annotations

import getpass
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.patience import PATIENCE
from tests.services.ports import free_port
from tests.services.programs import ROOT, on_this_machine

PACKAGE = "nginx-light"
PUBLIC_NAME, STAFF_NAME = "hotline.example.gov.cn", "hotline-staff.example.gov.cn"
SHIPPED = ROOT / "deploy" / "nginx"


def find() -> Path | None:
    """Return the machine's nginx, or None. Debian keeps it where only root looks for programs."""
    return on_this_machine("nginx", beside=[Path("/usr/sbin")])


def missing_packages() -> list[str]:
    """Return the Debian package without which there is none."""
    return [] if find() else [PACKAGE]


@dataclass
class Nginx:
    """The shipped nginx, with no more changed than an operator changes, and its folders below one
    of the test's. Leave the block, and it is gone."""

    folder: Path
    public_port: int
    staff_port: int
    port: int = 0
    plain_port: int = 0
    onion_port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where it listens with TLS."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def pages(self) -> Path:
        """Where the product's own error pages go."""
        return self.folder / "errors"

    @property
    def log(self) -> str:
        """All that it has said about itself."""
        return "".join(file.read_text() for file in self.folder.glob("*.log"))

    def trust(self) -> ssl.SSLContext:
        """What believes its certificates."""
        trust = ssl.create_default_context()
        for name in ("hotline.pem", "hotline-staff.pem"):
            trust.load_verify_locations(self.folder / "tls" / name)
        return trust

    def shakes_hands(self, *offer: str, port: int | None = None) -> bool:
        """Whether it takes what OpenSSL's client offers, old versions and weak suites included."""
        done = subprocess.run(
            [
                *("openssl", "s_client", "-connect", f"127.0.0.1:{port or self.port}"),
                *("-servername", PUBLIC_NAME, *offer),
            ],
            input=b"",
            capture_output=True,
            timeout=PATIENCE,
        )
        return b"Cipher is" in done.stdout and b"Cipher is (NONE)" not in done.stdout

    def __enter__(self) -> Self:
        self.port, self.plain_port, self.onion_port = free_port(), free_port(), free_port()
        self._lay_out()
        program = find()
        if program is None:
            raise LookupError(f"nginx is missing: sudo apt-get install {PACKAGE}")
        with (self.folder / "stderr.log").open("ab") as log:
            conf = self.folder / "conf" / "nginx.conf"
            self._process = subprocess.Popen(
                [program, "-c", conf, "-e", self.folder / "start.log", "-g", "daemon off;"],
                stdout=log,
                stderr=log,
            )
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE)

    def _lay_out(self) -> None:
        for name in ("bodies", "errors", "tls"):
            (self.folder / name).mkdir(parents=True)
        conf = shutil.copytree(SHIPPED, self.folder / "conf")
        (conf / "huimin-onion.conf").rename(conf / "huimin-onion.enabled.conf")
        for file in (self.folder / "conf").rglob("*.conf"):
            file.write_text(self._placed(file.read_text()))
        for name, host in (("hotline", PUBLIC_NAME), ("hotline-staff", STAFF_NAME)):
            _make_certificate(self.folder / "tls" / name, host)

    def _placed(self, text: str) -> str:
        """The text with the places, ports and networks of this test."""
        text = re.sub(r"(?m)^ *listen \[::\].*\n", "", text)
        for shipped, here in (
            ("user www-data;", f"user {getpass.getuser()};"),
            ("pid /run/nginx.pid;", f"pid {self.folder}/nginx.pid;"),
            ("/var/log/nginx/error.log", f"{self.folder}/error.log"),
            ("/run/huimin/bodies", f"{self.folder}/bodies"),
            ("/var/lib/huimin-errors/", f"{self.pages}/"),
            ("/etc/huimin/tls", f"{self.folder}/tls"),
            ("listen 443", f"listen 127.0.0.1:{self.port}"),
            ("listen 80", f"listen 127.0.0.1:{self.plain_port}"),
            ("127.0.0.1:8000", f"127.0.0.1:{self.public_port}"),
            ("127.0.0.1:8001", f"127.0.0.1:{self.staff_port}"),
            ("listen 127.0.0.1:8080", f"listen 127.0.0.1:{self.onion_port}"),
            ("allow 10.0.0.0/8;", "allow 127.0.0.1;"),
        ):
            text = text.replace(shipped, here)
        return text

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise RuntimeError(f"nginx didn't start:\n{self.log}")
            time.sleep(0.05)


def _make_certificate(beside: Path, host: str) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *(
                "-nodes",
                "-days",
                "2",
                "-subj",
                f"/CN={host}",
                "-addext",
                f"subjectAltName=DNS:{host}",
            ),
            *("-keyout", beside.with_suffix(".key"), "-out", beside.with_suffix(".pem")),
        ],
        check=True,
        capture_output=True,
    )
