"""The public process's walls: what it may touch on this machine, held by the kernel (Landlock).

The process that faces the internet is confined before it listens. Whoever takes it over still can't
read the master key, the staff site's code or anybody else's files, nor signal other processes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from portal.foundation.landlock import Allowance, Right
from portal.foundation.settings import Settings

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
    yield Allowance(settings.fonts_dir, Right.READ)
    for key in (settings.secret_key_file, settings.intake_key_file):
        yield Allowance(key, Right.READ)
    for folder in (settings.database_dir, settings.files_dir, scratch):
        yield Allowance(folder, Right.WRITE)
    yield from _of_the_database(settings)


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
