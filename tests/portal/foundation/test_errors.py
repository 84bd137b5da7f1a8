"""An error that nobody foresaw is answered in general words, and the next request is served."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from portal.foundation import errors

SAID = "token of somebody, 13800138000"


@pytest.mark.parametrize("debug", [False, True])
def test_an_unforeseen_error_tells_nothing_and_stops_nothing(
    debug: bool, caplog: pytest.LogCaptureFixture
) -> None:
    app = Flask("site", static_folder=None)
    app.debug = debug
    errors.init_app(app)

    @app.get("/broken")
    def broken() -> str:
        raise ValueError(SAID)

    @app.get("/sound")
    def sound() -> str:
        return "sound"

    client = app.test_client()
    with caplog.at_level(logging.ERROR):
        answer = client.get("/broken")
    assert answer.status_code == 500
    for inside in (SAID, "ValueError", "Traceback", "test_errors.py"):
        assert inside not in answer.text
    # Without a campaign not even the page of the error can be made: words stand in for it.
    assert "请过几分钟再试" in answer.text
    assert "ValueError" in caplog.text
    assert client.get("/sound").text == "sound"
