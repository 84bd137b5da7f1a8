"""Nothing in a log line leads to a citizen."""

from __future__ import annotations

import io
import json
import logging
import re
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.foundation.logs import Redaction, configure_logs, line_format, log_error, redact

TRACES = (
    "127.0.77.31",
    "2001:db8::1",
    "2001:db8:0:1:2:3:4:5",
    "fe80::1ff:fe23:4567:890a",
    "::ffff:127.0.77.31",
    "13800138000",
    "+8613800138000",
    "138 0013 8000",
    "027-85551234",
    "42010319700101123X",
    "420103197001011234",
    "wang@example.cn",
    "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6jK9mN2p",
)


# An IPv4 address that came to a socket of both kinds, or through a translator.
_AROUND_IPV4 = (
    "peer ::ffff:{}",
    "peer:::ffff:{}",
    "peer ::FFFF:0:{}",
    "(64:ff9b::{})",
    "peer 2001:db8:a:b::{}",
    "peer 0:0:0:0:0:ffff:{}",
    "peer {}",
)


@pytest.mark.parametrize("trace", TRACES)
@pytest.mark.parametrize("around", ["from {}", "ip={}: bad", "({})", "来电{}已登记", "'{}'"])
def test_traces_are_dropped(trace: str, around: str) -> None:
    said = redact(around.format(trace))
    assert trace not in said
    assert "[…]" in said
    assert not any(len(run) > 5 for run in digits_of(said))


def digits_of(text: str) -> list[str]:
    """The runs of digits in a text."""
    return "".join(c if c.isdigit() else " " for c in text).split()


@given(st.ip_addresses(v=4))
def test_no_address_survives(address: object) -> None:
    assert str(address) not in redact(f"Invalid request from ip={address}: nonsense")


@given(st.ip_addresses(v=6).filter(lambda a: len(a.compressed) > 4))
def test_no_long_address_survives(address: object) -> None:
    assert str(address) not in redact(f"Invalid request from ip={address}: nonsense")


@given(st.ip_addresses(v=4), st.sampled_from(_AROUND_IPV4))
def test_nothing_of_an_address_within_another_survives(address: IPv4Address, written: str) -> None:
    """Not its end either, which is the part that tells neighbours apart."""
    assert redact(written.format(address)) in {"peer […]", "peer:[…]", "([…])"}


@pytest.mark.parametrize("address", ["2001:db8::1", "2001:db8:0:1:2:3:4:5", "64:ff9b::7f00:4d1f"])
def test_an_address_behind_a_colon_is_dropped_whole(address: str) -> None:
    assert redact(f"peer:{address}, gone") == "peer:[…], gone"


@pytest.mark.parametrize(
    "harmless",
    [
        "Worker (pid:12345) was sent SIGKILL!",
        "case JH12345: closed at 12:30:05",
        '  File "/srv/portal/foundation/logs.py", line 101, in redact',
        "portal::logs took 2022-06-01",
        "std::vector",
    ],
)
def test_the_rest_stays_readable(harmless: str) -> None:
    assert redact(harmless) == harmless


def test_what_a_database_says_about_a_row_is_dropped() -> None:
    said = redact(
        "IntegrityError: failed\n[SQL: INSERT]\n[parameters: ('王伟', 'secret')]\n(see more)"
    )
    assert "王伟" not in said
    assert "[SQL: INSERT]" in said
    assert "(see more)" in said
    assert "王伟" not in redact("duplicate key\nDETAIL:  Key (name)=(王伟) already exists.")


def logged(say: object) -> str:
    """What a handler with the redaction writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redaction())
    logger = logging.getLogger("huimin")
    logger.addHandler(handler)
    try:
        say()  # type: ignore[operator]
    finally:
        logger.removeHandler(handler)
    return stream.getvalue()


def written(shape: str, message: str, error: BaseException | None = None) -> str:
    """A record as it leaves the process."""
    facts = (type(error), error, None) if error else None
    record = logging.LogRecord("huimin", logging.ERROR, "", 0, message, (), facts)
    assert Redaction().filter(record)
    return line_format(shape).format(record)


FORGED = "2022-07-01 09:00:00+0800 ERROR huimin: all is well"
BREAKS = ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\x1b[2K\r"]


@pytest.mark.parametrize("shape", ["lines", "json"])
@pytest.mark.parametrize("broken", BREAKS)
def test_no_message_makes_a_second_record(shape: str, broken: str) -> None:
    said = written(shape, f"refused{broken}{FORGED}")
    assert len(said.splitlines()) == 1
    assert said.isprintable()
    lines = written(shape, "failed", ValueError(f"x{broken}{FORGED}")).splitlines()
    assert sum(line.startswith(("2", "{")) for line in lines) == 1


def test_a_record_in_json_is_one_object() -> None:
    said = json.loads(written("json", "来电\t13800138000", ValueError("127.0.77.31")))
    assert {**said, "at": ""} == {
        "at": "",
        "level": "ERROR",
        "from": "huimin",
        "said": "来电\t[…]",
        "trace": "ValueError: […]",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4}", said["at"])
    assert "trace" not in json.loads(written("json", "said"))


def test_arguments_and_tracebacks_are_redacted_too() -> None:
    def say() -> None:
        try:
            int("13800138000x")
        except ValueError:
            logging.getLogger("huimin").exception("from %s", "127.0.77.31")

    text = logged(say)
    assert "127.0.77.31" not in text
    assert "13800138000" not in text
    assert "ValueError" in text
    assert "test_logs.py" in text


def test_an_error_gets_an_id_that_stands_in_the_log() -> None:
    ids: list[str] = []
    text = logged(lambda: ids.append(log_error(KeyError("nothing"))))
    assert ids[0] in text
    assert "KeyError" in text
    assert len(ids[0]) == 9
    assert redact(ids[0]) == ids[0]


def test_setting_up_twice_writes_once(capsys: pytest.CaptureFixture[str]) -> None:
    before = list(logging.getLogger().handlers)
    try:
        configure_logs()
        configure_logs()
        logging.getLogger("somewhere").warning("one line about 127.0.77.31")
    finally:
        for handler in set(logging.getLogger().handlers) - set(before):
            logging.getLogger().removeHandler(handler)
    said = capsys.readouterr().err
    assert said.count("one line about") == 1
    assert "127.0.77.31" not in said


def test_a_line_says_when_with_its_offset() -> None:
    record = logging.LogRecord("huimin", logging.ERROR, "", 0, "said", (), None)
    line = line_format().format(record)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4} ERROR huimin: said", line)
