"""Where a soak happens: a deployment on a disk of its own, so that it can be filled, whose campaign
has no office hours, so that its worker texts at any time."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from intake.attachments.cleaning import clean
from intake.attachments.file_type import FileType, recognise_whole
from portal.campaign.campaign import Campaign
from portal.campaign.revision import new_book_revision
from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS, Deployment
from tests.forgetful.disk import ForgetfulDisk
from tests.intake.pages.files import photo
from tests.soak.plan import Plan
from tests.templates import Templates
from tests.text_provider import SECRET, TextProvider

_SIZE = "3g"
# Of the pages and names that nobody waits for, so many are on the disk at once all the same.
_EARLY = 0.1
_COLOURS = ("red", "navy")


def own_disk(folder: Path, size: str = _SIZE) -> bool:
    """Mount a disk in memory at a folder; whether this user may."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def unmount(folder: Path) -> None:
    """Let go of such a disk."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def disk_of(plan: Plan, folder: Path) -> Iterator[tuple[ForgetfulDisk | None, Path]]:
    """Where the deployment lies: in that folder, or on a disk that forgets below it, if a trouble
    needs one."""
    if not any(trouble.needs_forgetful_disk for trouble in plan.troubles):
        yield None, folder
        return
    with ForgetfulDisk(folder, early=_EARLY) as disk:
        yield disk, disk.mount


@contextmanager
def deployed(
    templates: Templates, database: str, folder: Path, provider: TextProvider
) -> Iterator[Deployment]:
    """A deployment in a folder whose texts go to that provider."""
    texts = {
        "TWILIO_API_BASE": provider.url,
        "SMS_GATEWAY_SECRET": SECRET,
        "SMS_DAILY_CEILING": "1000000",
    }
    campaign = CAMPAIGNS / "jianghan-2022"
    with templates.copy(campaign, database, folder / "data", **TWILIO | texts) as deployment:
        _text_at_any_hour(deployment)
        yield deployment


def photographs() -> dict[bytes, bytes]:
    """Photographs as they are sent, each with what becomes of it."""
    found = {}
    for colour in _COLOURS:
        sent = photo(colour=colour)
        file_type = recognise_whole(sent)
        assert isinstance(file_type, FileType)
        cleaned = clean(sent, file_type, lock_folder=None)
        assert isinstance(cleaned, bytes), cleaned
        found[sent] = cleaned
    return found


def _text_at_any_hour(deployment: Deployment) -> None:
    with deployment.database.writing() as session:
        session.scalars(select(Campaign)).one().reminders = {}
        new_book_revision(session)
