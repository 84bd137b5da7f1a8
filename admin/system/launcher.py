"""`make run`: prepares the data, then keeps the public site, the staff site and the worker running.

Three processes, so that the one facing the internet holds no private key: it is confined before it
starts, and the other two are not reachable from it.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import click
from sqlalchemy.exc import OperationalError

from admin.system import set_up
from admin.system.awaited_key import take_up
from admin.system.children import Child, Family, say
from admin.system.confinement import allowances, can_read
from admin.system.scratch import scratch_folder
from intake.attachments.limited_child import compile_decoders
from intake.vault.key_files import read_pins
from portal.campaign.book import NoCampaign, campaign_revision
from portal.foundation import demo_clock
from portal.foundation.core_dumps import leave_none
from portal.foundation.database import Database
from portal.foundation.landlock import NoLandlock, confine
from portal.foundation.recovery import put_down_recovered
from portal.foundation.restore_rooms import refuse_while_restoring
from portal.foundation.settings import Settings, UnusableSetting

CHECKOUT = Path(__file__).resolve().parents[2]

_FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")
_GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "admin/system/gunicorn_settings.py")
_LOOPBACK = {"127.0.0.1", "localhost"}
_READY_WITHIN_SECONDS = 30.0
_UNCONFINED = (
    "提醒：公众网站的进程能读到主密钥，请看 docs/deploy.md。\n"
    "Warning: the public process could read the master key ({why}), see docs/deploy.md."
)


class CannotStart(RuntimeError):
    """Nothing was started; the text is the one line shown to the operator."""


def main() -> None:
    """Prepare and run; exit status 2 and one line when that can't be."""
    leave_none()
    environment = dict(os.environ)
    try:
        settings = Settings.from_environment(environment)
        # Children may run elsewhere; a relative folder must mean the same to all of them.
        environment["DATA_DIR"] = str(settings.data_dir)
        _prepare(settings, environment)
        with scratch_folder() as scratch:
            children = list(_children(settings, environment, scratch))
            Family(children).run(lambda: _greet(settings))
    except (CannotStart, UnusableSetting) as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    except OperationalError:
        # What the driver says may hold the password of the address.
        click.echo("The database that DATABASE_URL names can't be reached.", err=True)
        sys.exit(2)


def port_of(address: str, otherwise: int) -> int:
    """The port to listen on: the address's own when it names this machine, else the usual one."""
    parts = urlsplit(address)
    return parts.port or otherwise if parts.hostname in _LOOPBACK else otherwise


def _ports(settings: Settings) -> dict[str, int]:
    ports = {
        "public": port_of(settings.public_url, 8000),
        "staff": port_of(settings.staff_url, 8001),
    }
    if ports["public"] == ports["staff"]:
        raise CannotStart("PUBLIC_URL and STAFF_URL name the same port.")
    return {part: ports[part] for part in sorted(settings.parts)}


def _prepare(settings: Settings, environment: dict[str, str]) -> None:
    for port in _ports(settings).values():
        _refuse_taken(port)
    refuse_while_restoring(settings)
    _put_down(settings)
    if "staff" not in settings.parts:
        # The public host of a pair: the other host made schema and keys.
        return
    take_up(settings)
    fresh = settings.demo and set_up.is_new(settings)
    if settings.demo:
        _begin_demonstration(settings, environment, fresh=fresh)
    if not set_up.is_done(settings) or _may_show_recovery_key(settings):
        _flask(environment, "init")
    if not _campaign_is_loaded(settings):
        _flask(environment, "campaign", "load", str(_campaign_folder(environment)))
    if settings.demo:
        _flask(environment, "demo", *(["--half-year"] if fresh else []))


def _put_down(settings: Settings) -> None:
    """Nobody is told that something arrived which only the memory of this machine holds."""
    if not settings.is_sqlite:
        return
    try:
        put_down_recovered(settings.database_file)
    except (sqlite3.Error, OSError) as failure:
        raise CannotStart(
            f"{settings.database_file} can't be put onto its disk ({failure}): look at the disk "
            "before anybody is told that something arrived."
        ) from None


def _begin_demonstration(
    settings: Settings, environment: Mapping[str, str], *, fresh: bool
) -> None:
    """A new one begins on the campaign's first day, before anything is written down."""
    if fresh:
        manifest = CHECKOUT / _campaign_folder(environment) / "campaign.toml"
        said = tomllib.loads(manifest.read_text(encoding="utf-8"))
        demo_clock.begin_on(settings, said["starts_on"], unfinished=True)
    elif demo_clock.is_unfinished(settings):
        raise CannotStart(
            f"The demonstration in {settings.data_dir} wasn't finished. Remove it and start again."
        )


def _campaign_folder(environment: Mapping[str, str]) -> Path:
    return Path("campaigns") / (environment.get("CAMPAIGN") or "jianghan-2022")


def _may_show_recovery_key(settings: Settings) -> bool:
    """Whether somebody sits at a terminal who hasn't been given a recovery key yet: the general
    one, or that of the sealed class."""
    pins = read_pins(settings)
    lacks = not pins.recovery or (not pins.discipline and not settings.demo)
    return sys.stdout.isatty() and lacks


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotStart(f"Port {port} on 127.0.0.1 is already in use.") from None


def _flask(environment: dict[str, str], *words: str) -> None:
    done = subprocess.run((*_FLASK, *words), cwd=CHECKOUT, env=environment, check=False)  # noqa: S603 - our own.
    if done.returncode:
        raise CannotStart(f"`flask --app wsgi {' '.join(words)}` ended with {done.returncode}.")


def _campaign_is_loaded(settings: Settings) -> bool:
    database = Database(settings)
    try:
        with database.reading() as session:
            campaign_revision(session)
    except NoCampaign:
        return False
    finally:
        database.engine.dispose()
    return True


def _children(settings: Settings, environment: dict[str, str], scratch: Path) -> Iterator[Child]:
    ports = _ports(settings)
    for part, name in (("public", "公众网站"), ("staff", "工作人员网站")):
        if part in ports:
            # A web server sends no mail, so it needn't hold the password of whoever does.
            own = environment | {"PARTS": part, "TMPDIR": str(scratch / part), "SMTP_URL": ""}
            (scratch / part).mkdir()
            bind = f"127.0.0.1:{ports[part]}"
            walls = _walls(settings, scratch / part) if part == "public" else None
            command = (*_GUNICORN, "-b", bind, "wsgi:create_app()")
            yield Child(name, command, CHECKOUT, own, walls)
    # The worker opens sealed letters, so it runs where the staff site does.
    if "staff" in ports:
        own = environment | {"PARTS": "staff"}
        # On two cores it would take a third of what the sites need for their start.
        yield Child("后台任务", (*_FLASK, "worker"), CHECKOUT, own, after_greeting=True)


def _walls(settings: Settings, scratch: Path) -> Callable[[], None]:
    allowed = tuple(allowances(settings, CHECKOUT, scratch))

    def raise_walls() -> None:
        why = "its file lies where the public process must read"
        try:
            confine(allowed)
        except NoLandlock:
            why = "this kernel has no Landlock"
        if can_read(settings.master_key_file):
            say(_UNCONFINED.format(why=why))

    return raise_walls


def _greet(settings: Settings) -> None:
    last_moment = time.monotonic() + _READY_WITHIN_SECONDS
    ports = _ports(settings)
    for port in ports.values():
        while not _listens(port) and time.monotonic() < last_moment:
            time.sleep(0.05)
    if "public" in ports:
        say(f"公众网站 Public site: http://127.0.0.1:{ports['public']}")
    if "staff" in ports:
        say(f"工作人员网站 Staff site: http://127.0.0.1:{ports['staff']}")
    say("按 Ctrl-C 停止。 Press Ctrl-C to stop.")
    # After an update this takes seconds, in which a first file may be compiled for on its way.
    compile_decoders()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
