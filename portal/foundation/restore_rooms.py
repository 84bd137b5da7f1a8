"""Folders in which a backup is being restored. While one is there, nothing starts: a database that
came up meanwhile would be one too many."""

from __future__ import annotations

from pathlib import Path

from portal.foundation.settings import Settings, UnusableSetting

_NAME = ".restoring"


def restore_rooms(settings: Settings) -> tuple[Path, Path]:
    """The one beside the database and the one among the files, each on the disk of what is put into
    place from it."""
    beside = settings.database_file.parent if settings.is_sqlite else settings.data_dir
    return beside / _NAME, settings.files_dir / _NAME


def refuse_while_restoring(settings: Settings) -> None:
    """Raises UnusableSetting while a restore is under way, or after one was broken off."""
    left = [str(room) for room in restore_rooms(settings) if room.exists()]
    if left:
        raise UnusableSetting(
            "A restore is under way here, or was broken off: if none is, remove "
            f"{' and '.join(left)}, and restore again unless the database is there."
        )
