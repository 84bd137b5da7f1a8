"""A published page goes out compressed to whoever can open that."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask, Response

from portal.foundation import cached_pages
from portal.foundation.cached_pages import published_page

WORDS = "有哪些补贴，谁能领，多少钱，怎么发，归谁管。" * 60
TO_BROWSERS = {"Accept-Encoding": "gzip, deflate, br"}


def site(words: str = WORDS, mimetype: str = "text/html") -> Flask:
    app = Flask("site")
    cached_pages.init_app(app, lambda: 1)
    page = published_page(query=("q",))(lambda: Response(words, mimetype=mimetype))
    app.add_url_rule("/", "home", page)
    return app


@pytest.mark.parametrize("address", ["/", "/?q=a"])
def test_a_browser_gets_fewer_bytes_of_the_same_page(address: str) -> None:
    client = site().test_client()
    # The first is rendered, the second kept.
    for _ in range(2):
        packed = client.get(address, headers=TO_BROWSERS)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data).decode() == WORDS
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(WORDS.encode()) / 2
        plain = client.get(address)
        assert "Content-Encoding" not in plain.headers
        assert plain.text == WORDS
        assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
        assert plain.headers["ETag"] != packed.headers["ETag"]


def test_each_form_is_known_by_its_own_tag() -> None:
    client = site().test_client()
    packed, plain = client.get("/", headers=TO_BROWSERS), client.get("/")
    for form, sent in ((packed, TO_BROWSERS), (plain, {})):
        known = client.get("/", headers={**sent, "If-None-Match": form.headers["ETag"]})
        assert (known.status_code, known.data) == (304, b"")
        assert known.headers["Vary"] == "Accept-Encoding"
    mixed = client.get("/", headers={**TO_BROWSERS, "If-None-Match": plain.headers["ETag"]})
    assert mixed.status_code == 200


@pytest.mark.parametrize("refused", ["identity", "gzip;q=0", "gzip; q=0, br"])
def test_whoever_cant_open_it_gets_it_as_it_is(refused: str) -> None:
    answer = site().test_client().get("/", headers={"Accept-Encoding": refused})
    assert answer.text == WORDS


@pytest.mark.parametrize(
    ("words", "mimetype"), [("短", "text/html"), (WORDS, "application/octet-stream")]
)
def test_what_gains_nothing_stays_as_it_is(words: str, mimetype: str) -> None:
    answer = site(words, mimetype).test_client().get("/", headers=TO_BROWSERS)
    assert "Content-Encoding" not in answer.headers
    assert answer.data == words.encode()
