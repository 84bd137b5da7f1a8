"""How a citizen's browser points out a mistake on the site."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from intake.cases.site_mistake import SiteMistake
from tests.deployments import Deployment
from tests.intake.pages.journey import Page, opened

WORDS = "区民政局的电话打不通，是空号"
# Of the office itself, which reads what is written here.
ACCUSES = "领导小组办公室的人收了好处，把我的举报给了街道"


def mistake_form(client: FlaskClient, query: str = "") -> Page:
    """Open the form."""
    return opened(client.get(f"/mistakes{query}"))


def send_mistake(client: FlaskClient, form: Page, **typed: str) -> Page:
    """Fill fields in and send the form."""
    return opened(client.post("/mistakes", data={**form.fields, **typed}))


def point_out(client: FlaskClient, words: str = WORDS, **typed: str) -> Page:
    """Open the form, fill it in, send it."""
    return send_mistake(client, mistake_form(client), words=words, **typed)


def stored(deployment: Deployment) -> list[SiteMistake]:
    """Every mistake there is, the first one first."""
    with deployment.database.reading() as session:
        return list(session.scalars(select(SiteMistake).order_by(SiteMistake.id)))
