"""Files that a citizen sends: real ones, made here, and a browser's way of sending them."""

from __future__ import annotations

import io
import re

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests.intake.pages.journey import Page, opened, show

# Twenty frames of silence, as a recorder writes them.
RECORDING = (b"\xff\xfb\x90\x64" + bytes(413)) * 20


def photo(size: tuple[int, int] = (64, 48), colour: str = "red") -> bytes:
    """A photograph that says where it was taken."""
    picture, found = Image.new("RGB", size, colour), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "青萝巷口 30.5928N"
    picture.save(found, "JPEG", exif=exif)
    return found.getvalue()


def send_files(
    client: FlaskClient,
    path: str,
    fields: dict[str, str],
    *files: tuple[str, bytes],
    kept: tuple[str, ...] = (),
) -> Page:
    """Post a form with files, put together in memory: the test client would spool a large one."""
    pairs = [*fields.items(), *(("kept_file", token) for token in kept)]
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    for name, content in files:
        head = f'--edge\r\nContent-Disposition: form-data; name="files"; filename="{name}"'
        kind = "Content-Type: application/octet-stream"
        parts.append(f"{head}\r\n{kind}\r\n\r\n".encode() + content + b"\r\n")
    body = b"".join(parts) + b"--edge--\r\n"
    boundary = "multipart/form-data; boundary=edge"
    return opened(client.post(path, data=body, content_type=boundary))


def kept(page: Page) -> tuple[str, ...]:
    """What the form carries of the files that it keeps."""
    return tuple(re.findall(r'name="kept_file"\s+value="([^"]*)"', page.html))


def typed(page: Page, **changed: str) -> dict[str, str]:
    """The fields of a page as a browser sends them, but for its files."""
    no_files = {"kept_file", "dropped_file", "files"}
    fields = {name: value for name, value in page.fields.items() if name not in no_files}
    return fields | changed


def files_on(page: Page) -> list[str]:
    """The numbers of the files that the reporter's own page offers."""
    return re.findall(r'name="file"\s+value="([0-9a-f]{32})"', page.html)


def save(client: FlaskClient, page: Page, code: str, number: str) -> TestResponse:
    """Press the button of a file on the page of one's own case."""
    fields = typed(page, query_code=code, file=number)
    return client.post("/progress/file", data=fields)


def saved(client: FlaskClient, code: str) -> list[bytes]:
    """Every file of one's own case."""
    page = show(client, code)
    answers = [save(client, page, code, number) for number in files_on(page)]
    assert all(one.status_code == 200 for one in answers)
    return [one.data for one in answers]
