"""What the product says on standard error, with nothing in it that leads to a citizen.

Addresses, telephone numbers, identity numbers, tokens and the values of database statements are
dropped from every record before it is written; an error gets an id that its page shows. A record
can't be taken for two: what breaks lines within a message is written as an escape.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import traceback
from typing import TextIO

_DROPPED = "[…]"

_TRACES = re.compile(
    "|".join(
        (
            # IPv4.
            r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)",
            # IPv6 in full, then shortened; either may end as IPv4 does.
            (
                r"(?<![A-Za-z0-9_])(?:[0-9A-Fa-f]{1,4}:){6}"
                r"(?:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}|\d{1,3}(?:\.\d{1,3}){3})(?![A-Za-z0-9_])"
            ),
            (
                r"(?<![A-Za-z0-9_])(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?"
                r"::[0-9A-Fa-f:]*(?:\.\d{1,3})*(?![A-Za-z0-9_])"
            ),
            # E-mail addresses, and the user and password of a service's address.
            r"[^\s@/<>\"']+@[^\s@<>\"']+",
            # Sessions, one-time links, provider's ids, keys.
            r"(?=[A-Za-z_-]*[0-9])(?=[0-9_-]*[A-Za-z])[A-Za-z0-9_-]{32,}",
            # Telephones in groups, then every long run of digits: telephones, identity numbers.
            r"(?<!\d)\+?\d{0,4}[ -]?1\d{2}[ -]\d{4}[ -]\d{4}(?!\d)",
            r"(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)",
            r"(?<!0x)(?<![0-9A-Fa-f])\+?\d{7,}[Xx]?(?![0-9A-Fa-f])",
        )
    )
)
# What databases say about the row that they refused.
_VALUES = re.compile(
    r"\[parameters: .*?\]\n|\[parameters: .*|DETAIL: .*|Failing row contains .*", re.DOTALL
)

# What ends a line, or makes a terminal do something; a tab does neither.
_BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_WHEN = "%Y-%m-%d %H:%M:%S%z"

_log = logging.getLogger("huimin")


def redact(text: str) -> str:
    """The text without addresses, telephone and identity numbers, tokens and statement values."""
    return _TRACES.sub(_DROPPED, _VALUES.sub(_DROPPED + "\n", text))


class Redaction(logging.Filter):
    """Redacts a record in place, its traceback included, whoever logged it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, redacted."""
        record.msg, record.args = _in_one_line(redact(_message(record))), ()
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = redact("".join(traceback.format_exception(*record.exc_info)).rstrip())
        elif record.exc_text:
            record.exc_text = redact(record.exc_text)
        # A later handler would format the exception again, unredacted.
        record.exc_info = None
        record.stack_info = redact(record.stack_info) if record.stack_info else None
        return True


def configure_logs(level: int = logging.WARNING, *, shape: str = "lines") -> None:
    """Send every logger to standard error, redacted. Again changes nothing but level and shape."""
    root = logging.getLogger()
    root.setLevel(level)
    ours = [one for one in root.handlers if any(isinstance(f, Redaction) for f in one.filters)]
    if not ours:
        ours = [_StandardError()]
        ours[0].addFilter(Redaction())
        root.addHandler(ours[0])
    for handler in ours:
        handler.setFormatter(line_format(shape))


def line_format(shape: str = "lines") -> logging.Formatter:
    """How one record is written, for the server's own log too: `lines` to read, or `json`."""
    return _AsJson(datefmt=_WHEN) if shape == "json" else _AsLines(datefmt=_WHEN)


class _AsLines(logging.Formatter):
    """A line, and below it, moved in so that none of them looks like a record, its traceback's."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        at = self.formatTime(record, self.datefmt)
        said = f"{at} {record.levelname} {record.name}: {record.getMessage()}"
        below = (line for line in _trace_of(record).splitlines() if line.strip())
        return "\n".join([said, *(f"    {_in_one_line(line)}" for line in below)])


class _AsJson(logging.Formatter):
    """One object a line; a traceback is one of its strings."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        fields = {
            "at": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "from": record.name,
            "said": record.getMessage(),
            "trace": _trace_of(record),
        }
        return json.dumps({name: value for name, value in fields.items() if value})


def log_error(error: BaseException, what: str = "unexpected error") -> str:
    """Log an exception with its traceback and return the id under which it stands in the log.

    The id is twice four letters, easy to read out on the telephone; it says nothing else.
    """
    letters = [secrets.choice("BCDFGHJKMNPRTVWX") for _ in range(8)]
    error_id = "".join(letters[:4]) + "-" + "".join(letters[4:])
    _log.error("%s: %s", error_id, what, exc_info=(type(error), error, error.__traceback__))
    return error_id


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to whatever standard error is at that moment, even when it was replaced."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self.stream = sys.stderr
        super().emit(record)


def _in_one_line(text: str) -> str:
    return _BREAKS.sub(lambda found: ascii(found.group())[1:-1], text)


def _trace_of(record: logging.LogRecord) -> str:
    return "\n".join(filter(None, (record.exc_text, record.stack_info)))


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        # The arguments don't fit the message; what it says is still worth a line.
        return str(record.msg)
