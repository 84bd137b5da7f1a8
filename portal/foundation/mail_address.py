"""What a mail address looks like here: strict, so that nothing typed becomes a line of a mail's
head, and plain ASCII, so that every server takes it."""

from __future__ import annotations

import re
import unicodedata

_LONGEST, _LONGEST_NAME, _LONGEST_DOMAIN = 254, 64, 190
# No quoted names, no `%` and `!`, by which old servers hand mail on.
_NAME = re.compile(r"[A-Za-z0-9_+='&~#-]+(\.[A-Za-z0-9_+='&~#-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def mail_address(typed: str) -> str | None:
    """An address as it is mailed to: full width made plain, spaces around it gone, its domain in
    small letters and, where that is written in Chinese, in the form that servers know (punycode).
    None where it is none."""
    plain = unicodedata.normalize("NFKC", typed).strip(" ")
    name, at, domain = plain.rpartition("@")
    if not at or len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        return None
    known = _domain(domain)
    address = f"{name}@{known}"
    return address if known and len(address) <= _LONGEST else None


def is_mail_address(address: str) -> bool:
    """Whether it is one, in just the form in which it is mailed to."""
    return mail_address(address) == address


def _domain(typed: str) -> str | None:
    if len(typed) > _LONGEST_DOMAIN:
        return None
    try:
        known = typed.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = known.split(".")
    fits = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    return known if fits and not labels[-1].isdigit() else None
