"""A demonstration's clock: it stands where it was put and goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.foundation import clock, demo_clock
from portal.foundation.settings import Settings, UnusableSetting


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A new folder; afterwards the clock is the real one again."""
    yield Settings.from_environment({"DATA_DIR": str(tmp_path / "data")})
    clock.shift(timedelta())


def test_it_goes_on_from_its_day_in_every_process_of_the_folder(settings: Settings) -> None:
    demo_clock.begin_on(settings, date(2022, 11, 25), unfinished=True)
    assert clock.today() == date(2022, 11, 25)
    assert demo_clock.is_unfinished(settings)
    # Both are asked within the same second, so that only whole days lie between them.
    shifted = clock.now()
    clock.shift(timedelta())
    ahead = clock.now() - shifted
    assert abs(ahead - timedelta(days=round(ahead / timedelta(days=1)))) < timedelta(seconds=5)
    demo_clock.begin_on(settings, date(2022, 11, 28))
    assert not demo_clock.is_unfinished(settings)
    clock.shift(timedelta())
    demo_clock.follow(settings)
    assert clock.today() == date(2022, 11, 28)
    assert settings.data_dir.stat().st_mode & 0o077 == 0


def test_without_it_the_clock_is_the_real_one(settings: Settings) -> None:
    before = clock.now()
    demo_clock.follow(settings)
    assert not demo_clock.is_unfinished(settings)
    assert abs(clock.now() - before) < timedelta(seconds=5)


def test_a_damaged_one_stops_the_start(settings: Settings) -> None:
    demo_clock.begin_on(settings, date(2022, 11, 25))
    (settings.shared_dir / "demo-clock").write_text("")
    with pytest.raises(UnusableSetting, match="new DATA_DIR"):
        demo_clock.follow(settings)
