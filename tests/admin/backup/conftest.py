"""What every backup on PostgreSQL calls."""

from __future__ import annotations

import os

import pytest

from tests.templates import Templates


@pytest.fixture
def tools(templates: Templates, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' server may come with tools of its own."""
    programs = templates.postgres().programs
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
