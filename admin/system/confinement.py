"""The public process's walls: what it may touch on this machine, held by the kernel (Landlock).

The process that faces the internet is confined before it listens. Whoever takes it over still can't
read the master key, the staff site's code or anybody else's files, nor signal other processes.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path

from sqlalchemy import make_url

from portal.foundation.settings import Settings

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_RULE_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3

# How many rights over files each version of Landlock's interface knows.
_RIGHTS_KNOWN = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NEWEST_RIGHTS = 16
_SCOPES_SINCE = 6

_PARTS_OF_THE_CHECKOUT = ("portal", "intake", "templates", "campaigns", "migrations", "wsgi.py")
# The server's own settings; the one file of the staff side that the public process reads.
_SERVER_SETTINGS = Path("admin", "system", "gunicorn_settings.py")
_SYSTEM_CODE = ("/usr", "/lib", "/lib64", "/bin")
# Names, certificates, the linker's cache; not /etc as a whole, which holds other services' secrets.
_SYSTEM_FILES = (
    "/etc/ssl",
    "/etc/pki",
    "/etc/ca-certificates",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/hosts",
    "/etc/host.conf",
    "/etc/resolv.conf",
    "/etc/nsswitch.conf",
    "/etc/gai.conf",
    "/etc/services",
    "/etc/protocols",
    "/etc/passwd",
    "/etc/group",
    "/etc/mime.types",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
)
_DATABASE_FILES = ("sslrootcert", "sslcert", "sslkey", "passfile")


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
    """What the public process may do below one path."""

    path: Path
    right: Right


class NoLandlock(OSError):
    """This kernel can't confine a process."""


def allowances(settings: Settings, checkout: Path, scratch: Path) -> Iterator[Allowance]:
    """Everything the public process may touch; what isn't here is closed to it.

    `scratch` is a private folder for the server's heartbeat files.
    """
    for code in {*_SYSTEM_CODE, sys.prefix, sys.base_prefix}:
        yield Allowance(Path(code), Right.RUN)
    for file in _SYSTEM_FILES:
        yield Allowance(Path(file), Right.READ)
    yield Allowance(Path("/dev/null"), Right.READ_FILE | Right.WRITE_FILE)
    # Python looks for modules by listing; to see that a file exists is not to read it.
    yield Allowance(checkout, Right.LIST)
    for part in _PARTS_OF_THE_CHECKOUT:
        yield Allowance(checkout / part, Right.READ)
    yield Allowance(checkout / _SERVER_SETTINGS, Right.READ)
    yield Allowance(settings.shared_dir, Right.READ)
    for key in (settings.secret_key_file, settings.intake_key_file):
        yield Allowance(key, Right.READ)
    for folder in (settings.database_dir, scratch):
        yield Allowance(folder, Right.WRITE)
    yield from _of_the_database(settings)


def confine(allowed: Iterable[Allowance]) -> None:
    """Confine this process and all it will start, for good. Core dumps are switched off, too.

    Raises:
        NoLandlock: the kernel doesn't know Landlock, or it is switched off.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    version = _version()
    handled = (1 << _RIGHTS_KNOWN.get(version, _NEWEST_RIGHTS)) - 1
    scopes = _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS if version >= _SCOPES_SINCE else 0
    # Older versions refuse a longer struct unless the rest is zero.
    attributes = struct.pack("=QQQ", handled, 0, scopes)
    ruleset = _call(_CREATE_RULESET, attributes, len(attributes), 0)
    try:
        for one in allowed:
            _allow(ruleset, one, handled)
        if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise NoLandlock(ctypes.get_errno(), "no_new_privs was refused")
        _call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def can_read(file: Path) -> bool:
    """Whether this process can open the file. Only opening tells: the kernel's other answers know
    nothing of Landlock."""
    try:
        os.close(os.open(file, os.O_RDONLY | os.O_CLOEXEC))
    except OSError:
        return False
    return True


def _of_the_database(settings: Settings) -> Iterator[Allowance]:
    url = make_url(settings.database_url)
    if settings.is_sqlite:
        if url.database:
            yield Allowance(Path(url.database).resolve().parent, Right.WRITE)
        return
    for name in _DATABASE_FILES:
        value = url.query.get(name)
        if isinstance(value, str):
            yield Allowance(Path(value), Right.READ)


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
