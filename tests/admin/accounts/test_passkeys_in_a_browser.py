"""A passkey in a browser: added, used to sign in and to prove oneself again, by the page's own
script and a device of the browser's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import CDPSession, Page, sync_playwright
from sqlalchemy import update
from werkzeug.serving import make_server

from admin.accounts.sample_staff import sample_code
from admin.accounts.sessions import FRESH_FOR
from admin.accounts.staff_session import StaffSession
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.deployments import PASSWORD, Deployment
from tests.services import chromium
from tests.services.ports import free_port
from tests.services.required import browser_lacks, required
from wsgi import create_app


@contextmanager
def served(deployment: Deployment) -> Iterator[str]:
    """The staff site under a name for which browsers make passkeys."""
    port = free_port()
    url = f"http://localhost:{port}"
    settings = replace(deployment.settings, staff_url=url, parts=frozenset({"staff"}))
    app = create_app(settings)
    server = make_server("127.0.0.1", port, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield url
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
        app.extensions["database"].engine.dispose()


def with_device(page: Page) -> CDPSession:
    """Give a browser a device that keeps passkeys and says that it asked for a finger."""
    control = page.context.new_cdp_session(page)
    control.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    control.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    return control


def fill_in(page: Page, name: str) -> None:
    page.get_by_label("登录名").fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)


def test_added_used_to_sign_in_and_to_prove_again(deployment: Deployment) -> None:
    required(browser_lacks())
    deployment.add_staff("min", ("MZ", Role.OFFICER))
    with served(deployment) as url, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        page = browser.new_context(base_url=url, locale="zh-CN").new_page()
        trouble: list[str] = []
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        with_device(page)
        page.goto("/staff/sign-in")
        fill_in(page, "min")
        with deployment.database.reading() as session:
            page.get_by_label("验证码").fill(sample_code(session, "min"))
        page.get_by_role("button", name="登录", exact=True).click()
        page.goto("/staff/account")
        page.get_by_role("button", name="加一个通行密钥").click()
        page.get_by_label("给它起个名字").fill("办公电脑")
        page.get_by_role("button", name="加上").click()
        page.get_by_text("通行密钥加好了").wait_for()
        page.get_by_role("button", name="退出", exact=True).first.click()

        fill_in(page, "min")
        page.get_by_role("button", name="不填验证码，用通行密钥").click()
        page.get_by_role("button", name="用通行密钥").click()
        page.get_by_role("link", name="我的账号").first.click()
        assert "办公电脑" in page.content()

        prove_again(deployment, page)
        # The pages asked for nothing that the policy refuses, and nothing failed.
        assert [one for one in trouble if "401" not in one] == []
        browser.close()


def prove_again(deployment: Deployment, page: Page) -> None:
    """Take the passkey away when the last proof is too old."""
    with deployment.database.writing() as session:
        long_ago = clock.now() - FRESH_FOR - timedelta(minutes=1)
        session.execute(update(StaffSession).values(proved_at=long_ago))
    page.get_by_role("button", name="去掉办公电脑").click()
    page.get_by_role("heading", name="请再填一次验证码").wait_for()
    page.get_by_role("button", name="不填验证码，用通行密钥").click()
    page.get_by_text("这个通行密钥去掉了").wait_for()
