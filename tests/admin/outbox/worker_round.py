"""The worker's own round in a process of its own, which a test may kill."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping
from datetime import datetime
from multiprocessing.process import BaseProcess

# What the sites and the worker read when they start.
import admin.doors  # noqa: F401
import intake.pages.views  # noqa: F401
import portal.pages.views  # noqa: F401
from admin.system.run_log import RunLog
from admin.system.worker import do_round, jobs
from portal.foundation import clock
from portal.foundation.settings import Settings
from tests.patience import PATIENCE
from wsgi import create_app

# A server without threads reads all of the product once; each round then begins as a copy of it,
# with an application, a database and connections of its own. To read it anew took four seconds.
_SERVER = multiprocessing.get_context("forkserver")


def begin_round(settings: Settings, now: datetime, **more: str) -> BaseProcess:
    """Begin a round on a deployment at a moment; `more` are settings as the environment has
    them."""
    environ = {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": "" if settings.is_sqlite else settings.database_url,
        **more,
    }
    _SERVER.set_forkserver_preload([__name__])
    begun = _SERVER.Process(target=_do, args=(environ, now))
    begun.start()
    return begun


def end_of(begun: BaseProcess) -> int | None:
    """Wait until it is over; its exit status, negative where it was killed."""
    begun.join(PATIENCE)
    return begun.exitcode


def _do(environ: Mapping[str, str], now: datetime) -> None:
    settings = Settings.from_environment(environ)
    database = create_app(settings).extensions["database"]
    with clock.stopped_at(now):
        do_round(database, jobs(settings), RunLog())
