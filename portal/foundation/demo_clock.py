"""The clock of a demonstration, which shows a campaign of some years ago as it is being run: on the
day that its half-year ended it goes on from there, a day for a day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from portal.foundation import clock
from portal.foundation.settings import Settings, UnusableSetting

_UNFINISHED = "unfinished"


def begin_on(settings: Settings, day: date, *, unfinished: bool = False) -> None:
    """Let today be that Shanghai day, for all processes that are started from now on.
    `unfinished`: its half-year is still to be played."""
    clock.shift(timedelta())
    days = (day - clock.today()).days
    for folder in (settings.data_dir, settings.shared_dir):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    said = f"{days} {_UNFINISHED}" if unfinished else f"{days}"
    _file(settings).write_text(said, encoding="ascii")
    follow(settings)


def follow(settings: Settings) -> None:
    """Let this process go by it, where there is one.

    Raises:
        UnusableSetting: somebody damaged its file.
    """
    if not is_there(settings):
        return
    try:
        clock.shift(timedelta(days=int(_said(settings)[0])))
    except (ValueError, IndexError):
        file = _file(settings)
        raise UnusableSetting(f"{file} holds no number of days: start in a new DATA_DIR.") from None


def is_there(settings: Settings) -> bool:
    """Whether this deployment goes by such a clock."""
    return _file(settings).exists()


def is_unfinished(settings: Settings) -> bool:
    """Whether the half-year was begun and never came to its end."""
    return is_there(settings) and _UNFINISHED in _said(settings)


def _said(settings: Settings) -> list[str]:
    return _file(settings).read_text(encoding="ascii").split()


def _file(settings: Settings) -> Path:
    return settings.shared_dir / "demo-clock"
