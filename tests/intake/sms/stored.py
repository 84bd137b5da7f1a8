"""What became of the texts of a test."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from intake import correspondence
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.vault.query_codes import read_code
from tests.deployments import Deployment


def the_case(deployment: Deployment) -> Case:
    with deployment.database.reading() as session:
        return session.scalars(select(Case)).one()


def count(deployment: Deployment, table: type) -> int:
    with deployment.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def letters(deployment: Deployment, case: Case, unit: str, kind: MessageKind) -> list[str]:
    with deployment.database.reading() as session:
        found = correspondence.read_as_unit(session, case, frozenset({unit}), [kind])
        return [letter.text for letter in found]


def code_in(parts: list[str]) -> str:
    found = re.search(r"查询码：([0-9A-Z ]+)。", parts[0])
    assert found
    return read_code(found[1])


def mistyped(code: str) -> str:
    """A code whose last sign is wrong."""
    return code[:-1] + ("3" if code[-1] != "3" else "4")
