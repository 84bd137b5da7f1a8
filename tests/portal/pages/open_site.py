"""Each campaign's public site, served, and a window in which its pages are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Response
from playwright.sync_api import Browser, Page, ViewportSize

from portal.campaign.kinds import Kind
from portal.foundation.headers import CONTENT_SECURITY_POLICY
from tests.deployments import Deployment
from tests.intake.pages.journey import form_page, report, send, show
from tests.patience import PATIENCE
from tests.portal.pages.sites import Site
from tests.portal.pages.unkept import unkept_pages
from tests.services import node
from tests.serving import served_here

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}
FORMS = (
    "/personal-information/request",
    "/report",
    *(f"/report/{kind.slug}" for kind in Kind),
    "/progress",
    "/questionnaire",
)
# Pages that answer a form stand under names of our own, exactly as they were answered once.
_ANSWERED = "/answered/"


@dataclass(repr=False)
class OpenSite:
    """A public site with published things on it, and the pages that answer somebody's forms."""

    site: Site
    url: str
    browser: Browser
    answered: dict[str, str]

    @property
    def campaign(self) -> str:
        """The campaign's name."""
        return self.site.book.campaign.code

    @property
    def addresses(self) -> list[str]:
        """Every public page, every form, and every page that answers one."""
        return [*self.site.pages(), *FORMS, *(_ANSWERED + name for name in self.answered)]

    @contextmanager
    def window(self, size: ViewportSize = PHONE, **how: Any) -> Iterator[Page]:
        """A window of a size; `how` goes to Playwright's `new_context`."""
        with self.browser.new_context(
            base_url=self.url,
            locale="zh-CN",
            viewport=size,
            **how,
        ) as context:
            context.set_default_timeout(PATIENCE * 1000)
            yield context.new_page()

    def walk(self, page: Page) -> Iterator[str]:
        """Open every page in a window, one after the other, and everything that is folded on it."""
        for address in self.addresses:
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            yield address


def look(page: Page, question: str) -> list[str]:
    """Ask one of the questions of `tests/browser/looks.js` about the page as it is open now."""
    return [str(sentence) for sentence in page.evaluate(f"({_looks()}).{question}()")]


def restyle(page: Page, css: str) -> None:
    """Lay somebody's own style over a page; the page's policy forbids it to pages only."""
    page.evaluate(
        """css => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets = [sheet];
        }""",
        css,
    )


class _AnsweringAgain:
    """A site on which the answered pages stand as well, with the policy that every page has. Were
    they put in by the browser, it would ask for each sheet of each page anew."""

    def __init__(self, site: Flask, answered: dict[str, str]) -> None:
        self._site, self._answered = site, answered

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(_ANSWERED):
            return self._site(environ, start_response)
        page = Response(self._answered[path.removeprefix(_ANSWERED)], mimetype="text/html")
        page.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return page(environ, start_response)


@contextmanager
def opened_site(deployment: Deployment, browser: Browser) -> Iterator[OpenSite]:
    """A campaign's public site while this process serves it."""
    site = Site(deployment).with_everything()
    answered = answered_pages(site)
    with served_here(_AnsweringAgain(deployment.public, answered)) as url:
        yield OpenSite(site, url, browser, answered)


def answered_pages(site: Site) -> dict[str, str]:
    """What a citizen gets when he sends a form or finds a page gone, by a name of ours; of a site
    with everything on it."""
    client, policy = site.client, site.some_policy
    form = form_page(client, "tip-off")
    receipt = report(client, "complaint", policy=policy, words="三个月没发了，问了也没人管。")
    return {
        "looked-over": send(client, form, "tip-off", words="有人扣老人的钱。", check="yes").html,
        "refused": send(client, form, "tip-off", words="", contact_phone="12").html,
        "receipt": receipt.html,
        "own-case": show(client, receipt.receipt[1]).html,
        "no-such-code": show(client, "没有").html,
        "no-such-page": client.get("/no-such-page").text,
        **unkept_pages(site),
    }


@cache
def _looks() -> str:
    return (node.HOME / "looks.js").read_text(encoding="utf-8").strip()
