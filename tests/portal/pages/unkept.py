"""Public pages that nobody keeps: lists of people, who looks for himself there, what was withdrawn,
a mistake with its answer, a request about one's own information refused, and errors."""

from __future__ import annotations

from sqlalchemy import select

from admin.mistakes.answerer import Answerer
from admin.mistakes.answering import answer
from admin.mistakes.correcting import correct
from intake.cases.rights_request import RightsRequest
from intake.cases.site_mistake import MistakeOutcome, SiteMistake
from intake.rights.rights_texts import seal_answer
from intake.rules.rights import Ground, RightsOutcome
from portal.foundation import clock
from portal.foundation.errors import error_page
from portal.foundation.staff import Role, Staff
from tests.intake.pages.journey import report, show
from tests.intake.pages.mistakes import point_out
from tests.intake.pages.rights import ask_without_code, own_form
from tests.portal.pages.released_further import GONE, LISTED, ROWS_LIST, SUMS_LIST
from tests.portal.pages.sites import Site

_ERRORS = (413, 429, 500, 503)


def unkept_pages(site: Site) -> dict[str, str]:
    """Each by a name of ours, of a site with everything on it."""
    return {**_lists(site), **_gone(site), **_mistake(site), **_request(site), **_errors(site)}


def _lists(site: Site) -> dict[str, str]:
    pages = {
        "list-with-rows": site.text(f"/distributions/{ROWS_LIST}"),
        "list-of-sums": site.text(f"/distributions/{SUMS_LIST}"),
        "own-name-found": _look_for(site, LISTED, 200),
        "own-name-not-found": _look_for(site, "万秋月", 200),
        "own-name-refused": _look_for(site, "王", 422),
    }
    assert "王*明" in pages["list-with-rows"]
    assert "王*明" not in pages["list-of-sums"]
    assert "不一定是您" in pages["own-name-found"]
    assert "不一定是您" not in pages["own-name-not-found"]
    return pages


def _look_for(site: Site, name: str, status: int) -> str:
    typed = {"csrf_token": "look-up", "name": name}
    found = site.client.post("/distributions", data=typed)
    assert found.status_code == status, name
    return found.text


def _gone(site: Site) -> dict[str, str]:
    pages = {}
    for address in GONE:
        found = site.client.get(address)
        assert found.status_code == 410, address
        pages[f"gone-{address.split('/')[1]}"] = found.text
    return pages


def _mistake(site: Site) -> dict[str, str]:
    """The form refused, the receipt, and the page with the answer."""
    refused = point_out(site.client, words="").html
    sent = point_out(site.client, sure="yes")
    number, code = sent.receipt
    office = site.book.campaign.office_code
    me = site.deployment.add_staff("answering", (office, Role.PUBLISHER))
    with site.deployment.database.writing() as session:
        mistake = session.scalars(select(SiteMistake).where(SiteMistake.number == number)).one()
        by = Answerer.of(session.get_one(Staff, me), site.book)
        answer(
            session,
            mistake,
            by=by,
            version=mistake.version,
            outcome=MistakeOutcome.CORRECTED,
            text="改好了，现在写的是对的。",
        )
        correct(
            session,
            mistake,
            by=by,
            version=mistake.version,
            outcome=MistakeOutcome.CORRECTED,
            text="改好了，现在写的是027-0000-0101。",
        )
    own = show(site.client, code)
    assert "改好了" in own.text
    return {"mistake-refused": refused, "mistake-receipt": sent.html, "mistake-answered": own.html}


def _request(site: Site) -> dict[str, str]:
    """The form refused, the receipt, the page with the answer; the form of a case's own page."""
    refused = ask_without_code(site.client, words="").html
    sent = ask_without_code(site.client, contact="王秀英 13907123456")
    number, code = sent.receipt
    _, own_code = report(site.client, words="问一问怎么领").receipt
    form = own_form(site.client, own_code).html
    with site.deployment.database.writing() as session:
        request = session.scalars(select(RightsRequest).where(RightsRequest.number == number)).one()
        request.sealed_answer = seal_answer(session, request, "请带身份证件到办公室来看。")
        request.outcome, request.ground = RightsOutcome.REFUSED, Ground.NOT_PROVED
        request.decided_at = clock.now()
    own = show(site.client, code)
    assert "人民法院" in own.text
    return {
        "request-refused": refused,
        "request-receipt": sent.html,
        "request-answered": own.html,
        "request-form": form,
    }


def _errors(site: Site) -> dict[str, str]:
    pages = {}
    for code in _ERRORS:
        with site.deployment.public.test_request_context("/policies"):
            pages[f"error-{code}"] = error_page(code).get_data(as_text=True)
    return pages
