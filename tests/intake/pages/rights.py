"""How a citizen's browser asks about his own information, with a query code and without."""

from __future__ import annotations

import io
import json
from typing import Any
from zipfile import ZipFile

from flask.testing import FlaskClient
from sqlalchemy import select

from intake.cases.rights_request import RightsRequest
from tests.deployments import Deployment
from tests.intake.pages.journey import Page, opened, show

FORM = "/personal-information/request"
WORDS = "五月的高龄津贴名单里有我，请看看你们存了我哪些信息"


def ask_without_code(client: FlaskClient, **typed: str) -> Page:
    """Open the public form, fill it in, send it."""
    given = {"asked_for": "access", "asker": "himself", "words": WORDS, **typed}
    page = opened(client.get(FORM))
    return opened(client.post(FORM, data={**page.fields, **given}))


def own_form(client: FlaskClient, code: str) -> Page:
    """The form that the page of a case leads to."""
    fields = show(client, code).fields
    return opened(client.post("/progress/rights", data=fields))


def ask_on_own_page(client: FlaskClient, code: str, **typed: str) -> Page:
    """Ask on the page of one's own case."""
    given = {"asked_for": "deletion", "words": "请删掉我的电话", **typed}
    fields = {**own_form(client, code).fields, **given}
    return opened(client.post("/progress/rights/request", data=fields))


def own_content(client: FlaskClient, code: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The file of everything that may be read by a code: its JSON, and all that is in it."""
    answer = client.post("/progress/content", data=show(client, code).fields)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    found: dict[str, Any] = json.loads(files["我的全部内容.json"])
    return found, files


def stored(deployment: Deployment) -> list[RightsRequest]:
    """Every request there is, the first one first."""
    with deployment.database.reading() as session:
        return list(session.scalars(select(RightsRequest).order_by(RightsRequest.id)))
