"""Walls around a process, held by the kernel (Landlock): files, signals, and the network if asked.

Once raised they are for good, also for all that the process starts. Nobody needs to be root for it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_RULE_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3
_LISTEN_AND_CONNECT = 3

# How many rights over files each version of Landlock's interface knows.
_RIGHTS_KNOWN = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NEWEST_RIGHTS = 16
_NETWORK_SINCE = 4
_SCOPES_SINCE = 6


class Right(IntFlag):
    """What may be done below a path; Landlock's own numbers, put together."""

    EXECUTE = 1 << 0
    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    LIST = 1 << 3
    REMOVE = 1 << 4 | 1 << 5
    MAKE = 1 << 7 | 1 << 8 | 1 << 9
    TRUNCATE = 1 << 14
    READ = READ_FILE | LIST
    RUN = READ | EXECUTE
    WRITE = READ | WRITE_FILE | REMOVE | MAKE | TRUNCATE
    # A rule for a file may only name these.
    OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE


@dataclass(frozen=True)
class Allowance:
    """What a confined process may do below one path."""

    path: Path
    right: Right


class NoLandlock(OSError):
    """This kernel can't confine a process."""


def confine(allowed: Iterable[Allowance], *, network: bool = True) -> None:
    """Confine this process and all it will start, for good. Core dumps are switched off, too.

    Without `network` it can neither listen nor connect by TCP, where the kernel (6.7) knows how.

    Raises:
        NoLandlock: the kernel doesn't know Landlock, or it is switched off.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    version = _version()
    handled = (1 << _RIGHTS_KNOWN.get(version, _NEWEST_RIGHTS)) - 1
    scopes = _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS if version >= _SCOPES_SINCE else 0
    closed_network = 0 if network or version < _NETWORK_SINCE else _LISTEN_AND_CONNECT
    # Older versions refuse a longer struct unless the rest is zero.
    attributes = struct.pack("=QQQ", handled, closed_network, scopes)
    ruleset = _call(_CREATE_RULESET, attributes, len(attributes), 0)
    try:
        for one in allowed:
            _allow(ruleset, one, handled)
        if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise NoLandlock(ctypes.get_errno(), "no_new_privs was refused")
        _call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def is_there() -> bool:
    """Whether this kernel can confine a process."""
    try:
        _version()
    except NoLandlock:
        return False
    return True


def _version() -> int:
    try:
        return _call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError as problem:
        raise NoLandlock(*problem.args) from problem


def _allow(ruleset: int, one: Allowance, handled: int) -> None:
    # A path that this machine doesn't have needs no rule.
    with suppress(FileNotFoundError):
        opened = os.open(one.path, os.O_PATH | os.O_CLOEXEC)
        try:
            right = one.right if one.path.is_dir() else one.right & Right.OF_A_FILE
            rule = struct.pack("=Qi", right & handled, opened)
            _call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0)
        finally:
            os.close(opened)


_libc = ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: int | bytes | None) -> int:
    as_c = [ctypes.c_long(a) if isinstance(a, int) else ctypes.c_char_p(a) for a in arguments]
    result: int = _libc.syscall(ctypes.c_long(number), *as_c)
    if result < 0:
        number_of_error = ctypes.get_errno()
        raise OSError(number_of_error, os.strerror(number_of_error))
    return result
