"""The collector of garbage rests while a process starts, and is left as it was found."""

from __future__ import annotations

import gc
from contextlib import suppress

import pytest

from portal.foundation.at_rest import collector_at_rest


@pytest.mark.parametrize("at_work", [True, False])
@pytest.mark.parametrize("fails", [False, True])
def test_it_rests_inside_and_is_left_as_it_was(at_work: bool, fails: bool) -> None:
    if not at_work:
        gc.disable()
    try:
        with suppress(ZeroDivisionError), collector_at_rest():
            assert not gc.isenabled()
            assert 1 / (not fails)
        assert gc.isenabled() is at_work
    finally:
        gc.enable()
