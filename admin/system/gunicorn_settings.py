"""How gunicorn serves the public site and the staff site. It reads this file itself (`-c`).

The public process may read no other file of `admin`, so this one imports nothing from there.
"""

from __future__ import annotations

import ctypes
import os
import signal
from typing import Any

from gunicorn.glogging import Logger

from intake.learned import learned
from portal.foundation.core_dumps import leave_none
from portal.foundation.logs import Redaction, line_format

_PR_SET_PDEATHSIG = 1


class ServerLog(Logger):  # type: ignore[misc]
    """Gunicorn's log, redacted: it names the address of whoever sends a malformed request."""

    def setup(self, cfg: Any) -> None:
        """Let gunicorn make its handlers, then put the redaction into each."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(line_format(os.environ.get("LOG_FORMAT") or "lines"))
            handler.addFilter(Redaction())

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Of a malformed request say what is wrong with it, not what it holds: after a wrong length
        a citizen's words arrive where the next request should begin."""
        if msg.startswith("Invalid request from"):
            msg, args = "Invalid request: %s", (msg.split(": ")[1],)
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Of a request that failed below the application, leave the address out."""
        if msg.startswith("Error handling request"):
            msg, args = "Error handling request", ()
        super().exception(msg, *args, **kwargs)


def on_starting(server: Any) -> None:
    """Let no other process of the same user look into this one or its workers, and leave nothing of
    them where they fall."""
    leave_none()


def when_ready(server: Any) -> None:
    """Read before the fork what texts are read by: the workers share it, and nobody's first report
    waits for it."""
    if os.environ.get("PARTS") == "public":
        learned()


def post_fork(server: Any, worker: Any) -> None:
    """Let a worker end with its server, even one that was killed: it would hold the port for as
    long as its last requests take, and nobody could start the site again."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != server.pid:
        os._exit(1)


# Threads hold slow clients; two processes use the two cores of a small machine.
worker_class = "gthread"
workers = 2
threads = 4
# The application is made once, before the fork: the workers then share the salt of client keys.
preload_app = True
timeout = 60
graceful_timeout = 30
keepalive = 5
# The heartbeat files: the launcher gives a private folder in memory.
worker_tmp_dir = os.environ.get("TMPDIR")
# It would open a door in the home folder that nobody uses.
control_socket_disable = True
# Only TRUSTED_PROXIES says whom to believe about addresses and TLS.
forwarded_allow_ips = ""
accesslog = None
errorlog = "-"
loglevel = "warning"
logger_class = ServerLog
