"""A machine that has no data yet, and reports that come in while another one is backed up."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from portal.foundation import clock
from portal.foundation.settings import Settings
from tests.conftest import TWILIO
from tests.deployments import Deployment
from tests.intake.pages.files import photo, send_files, typed
from tests.intake.pages.journey import form_page

MARKER = "青萝巷口的王二麻子"


def empty_machine(folder: Path, url: str = "", keys_of: Settings | None = None) -> Deployment:
    """A deployment of which there is nothing but, maybe, another one's keys."""
    environ = {"DATA_DIR": str(folder), "DATABASE_URL": url, "DEMO": "1", **TWILIO}
    if keys_of is not None:
        for part in ("keys", "shared"):
            shutil.copytree(keys_of.data_dir / part, folder / part)
    return Deployment(Settings.from_environment(environ))


def data_of(machine: Deployment) -> list[Path]:
    """Every file of a machine besides its keys."""
    folder = machine.settings.data_dir
    keys = (folder / "keys", folder / "shared")
    return [one for one in folder.rglob("*") if one.is_file() and one.parent not in keys]


@dataclass
class Receipts:
    """What was acknowledged: when, by which code."""

    given: list[tuple[datetime, str]] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def before(self, moment: datetime) -> list[str]:
        """The codes that somebody held by then."""
        return [code for at, code in self.given if at < moment]


def report_with_photo(deployment: Deployment) -> str:
    """Report as a citizen does; returns the code."""
    client = deployment.citizen()
    fields = typed(form_page(client), words=f"{MARKER}拿了我妈的高龄津贴")
    return send_files(client, "/report/complaint", fields, ("存折.jpg", photo())).receipt[1]


@contextmanager
def reports_coming_in(deployment: Deployment) -> Iterator[Receipts]:
    """Somebody who goes on reporting until the block ends; it begins when two have their
    receipts."""
    receipts = Receipts()
    # Made before the thread asks for it.
    deployment.citizen()

    def go_on() -> None:
        while not receipts.over.is_set():
            code = report_with_photo(deployment)
            receipts.given.append((clock.now(), code))
            if len(receipts.given) == 2:
                receipts.enough.set()

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        assert receipts.enough.wait(60)
        yield receipts
    finally:
        receipts.over.set()
        writer.join()
