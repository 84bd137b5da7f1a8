"""`/healthz`: the process answers. `/readyz`: everything it needs is there, and nothing is a
sample."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.campaign.book import Book, NoCampaign, book
from portal.foundation import clock, demo_clock
from portal.foundation.database import reading
from portal.foundation.settings import Settings

blueprint = Blueprint("health", __name__)

_CHECKS, _TOLD = "readiness", "told_beside_readiness"
_LEAST_FREE_BYTES = 200 * 1024 * 1024


Check = Callable[[Session], str]


def also(app: Flask, name: str, check: Check) -> None:
    """Let another part say whether what it needs is there: "ok", or what is wrong."""
    app.extensions.setdefault(_CHECKS, {})[name] = check


def tell(app: Flask, name: str, say: Check) -> None:
    """Let another part say something beside, whatever it is: the site is ready all the same."""
    app.extensions.setdefault(_TOLD, {})[name] = say


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process answers."""
    return {"ok": True}


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Database, disk, calendar and campaign, a few words each; 503 while one of them isn't good."""
    settings: Settings = current_app.extensions["settings"]
    findings = {"disk": _disk(settings), **_database_and_campaign(settings)}
    is_ready = all(finding == "ok" for finding in findings.values())
    return {"ready": is_ready, **findings, **_told(findings)}, 200 if is_ready else 503


def _told(findings: dict[str, str]) -> dict[str, str]:
    told: dict[str, Check] = current_app.extensions.get(_TOLD, {})
    if not told or findings["database"] != "ok":
        return {}
    with reading() as session:
        return {name: say(session) for name, say in told.items()}


def _disk(settings: Settings) -> str:
    free = shutil.disk_usage(settings.data_dir).free
    return "ok" if free > _LEAST_FREE_BYTES else "nearly full"


def _database_and_campaign(settings: Settings) -> dict[str, str]:
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
            found = book(session)
            others = {name: check(session) for name, check in _other_checks().items()}
    except NoCampaign:
        return {"database": "ok", "campaign": "none loaded"}
    except SQLAlchemyError:
        return {"database": "away"}
    return {
        "database": "ok",
        "campaign": "ok" if settings.demo or not _shows_samples(settings, found) else "sample data",
        **others,
        "calendar": "ok" if found.calendar.is_known(clock.today()) else "year not loaded",
    }


def _shows_samples(settings: Settings, found: Book) -> bool:
    """Whether something here is for a demonstration: what the campaign says, or its clock."""
    return found.has_samples or demo_clock.is_there(settings)


def _other_checks() -> dict[str, Check]:
    found: dict[str, Check] = current_app.extensions.get(_CHECKS, {})
    return found
