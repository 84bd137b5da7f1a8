"""Files that staff send as evidence: sent from a form's page, found on the page that shows them."""

from __future__ import annotations

import re

from tests.admin.house import House
from tests.intake.pages.files import photo, send_files
from tests.intake.pages.journey import Page

PHOTO = ("张大妈家.jpg", photo())


def send(house: House, name: str, path: str, *files: tuple[str, bytes], **typed: str) -> Page:
    """Send a form with files as somebody."""
    return send_again(house, name, path, (), *files, **typed)


def send_again(
    house: House,
    name: str,
    path: str,
    kept: tuple[str, ...],
    *files: tuple[str, bytes],
    **typed: str,
) -> Page:
    """Send a form that was given back with what it kept of its files."""
    browser = house.browser(name)
    typed = {**house.deployment.form_token(browser), **typed}
    return send_files(browser, path, typed, *files, kept=kept)


def offered(page: str) -> list[str]:
    """The addresses of files on a page, each to be saved."""
    return re.findall(r'href="([^"]+/files/[0-9a-f]{32})(?:/pages/1)?"', page)


def is_for(house: House, file: str, *, readers: set[str], others: set[str]) -> None:
    """Hold that a file is saved and looked at by these, and doesn't exist for the others."""
    for name in readers:
        answer = house.browser(name).get(file)
        assert (answer.status_code, answer.data[:2]) == (200, b"\xff\xd8"), name
        # What the camera noted is gone, and what the device called it.
        assert "青萝巷口".encode() not in answer.data
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert "证明材料1" in house.get(name, f"{file}/pages/1")
        assert house.browser(name).get(f"{file}/pages/1/picture").mimetype == "image/jpeg"
    for name in others:
        for path in (file, f"{file}/pages/1", f"{file}/pages/1/picture"):
            assert house.browser(name).get(path).status_code == 404, name
