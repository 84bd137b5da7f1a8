"""Desks whose work is counted."""

from __future__ import annotations

from tests.admin.desk.conftest import desks, desks_on_each

__all__ = ["desks", "desks_on_each"]
