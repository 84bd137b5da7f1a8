"""The site that the tests of this room walk on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.admin.accounts.site import Site, make_site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A fresh site whose clock stands until the test moves it."""
    made = make_site(tmp_path)
    made.later(seconds=0)
    with made.stopped:
        yield made
    made.database.engine.dispose()
