"""`flask --app wsgi keys`: turning the deployment's keys, retiring old ones, and what the printed
recovery key is for."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import AppGroup

from admin.accounts.commands import Refusal
from admin.keys.master import CannotLay, TurnedMeanwhile, rotate_master
from admin.keys.recovery import WrongRecoveryKey, drill, put_files_back, read_printed, recover
from admin.keys.retiring import retire
from admin.keys.ring_rows import WrongMaster, check_master
from admin.keys.service import rotate_service
from admin.keys.unit import NoSuchUnit, rotate_unit
from admin.keys.witness import RolledBack
from intake.vault.fitting import stop_awaiting
from intake.vault.sealing import KeyPair
from intake.vault.service_key import Purpose
from portal.foundation.database import database, reading, writing
from portal.foundation.settings import Settings, UnusableSetting

keys = AppGroup("keys", help="The deployment's keys.")
_WRONG = "That isn't the recovery key of this database. Nothing was changed."
_NO_MASTER = (
    "The master key here isn't the one under which this database's keys are locked. Put the right "
    "one into MASTER_KEY_FILE, or run `flask --app wsgi keys recover`."
)


@keys.command("rotate")
@click.option("--master", "kind", flag_value="master", default="master", help="The default.")
@click.option("--storage", "kind", flag_value="storage", help="What seals for the staff side.")
@click.option("--stamps", "kind", flag_value="stamps", help="What stamps roles and numbers.")
@click.option("--signing", "kind", flag_value="signing", help="What signs unit keys and heads.")
@click.option("--worker", "kind", flag_value="worker", help="What is sealed to the worker.")
@click.option("--intake", "kind", flag_value="intake", help="Codes, and what is known again.")
@click.option("--unit", metavar="CODE", help="The key pair of one unit.")
def keys_rotate(kind: str, unit: str | None) -> None:
    """Put a new key in the place of one and seal everything anew, while the sites run. Killed
    anywhere, the same command goes on."""
    check_it_opens()
    try:
        for step in _turning(kind, unit):
            click.echo(step)
    except NoSuchUnit:
        raise Refusal(f"No unit has the code {unit}.") from None
    except CannotLay as error:
        raise Refusal(
            f"A new key can't be laid beside MASTER_KEY_FILE: {error}. Nothing was changed."
        ) from None
    except (RolledBack, UnusableSetting) as wrong:
        raise Refusal(str(wrong)) from None
    except TurnedMeanwhile:
        raise Refusal("Somebody else is turning the master key. Nothing was changed.") from None
    after = "thirty days" if kind == Purpose.INTAKE and not unit else "an hour"
    click.echo(f"done; {after} from now run: flask --app wsgi keys retire")


@keys.command("retire")
def keys_retire() -> None:
    """Destroy replaced keys that nothing needs any more."""
    check_it_opens()
    try:
        for sentence in retire(database(), _settings()):
            click.echo(sentence)
    except (RolledBack, UnusableSetting) as wrong:
        raise Refusal(str(wrong)) from None
    click.echo("done")


@keys.command("recover")
def keys_recover() -> None:
    """Ask for the printed recovery key and lock everything under the master key of this machine:
    for a restored database whose own master key is lost."""
    settings = _settings()
    try:
        pair = ask_for_printed()
        with writing() as session:
            done = recover(session, settings, pair)
    except WrongRecoveryKey:
        raise Refusal(_WRONG) from None
    except RolledBack as forged:
        raise Refusal(f"{forged} Nothing was changed.") from None
    with writing() as session:
        put_files_back(session, settings, pair)
    stop_awaiting(settings)
    click.echo(f"the keys of {done.units} units open again, under the master key of this machine")
    if done.whole:
        told = f"; the chain of events names {done.told}" if done.told else ""
        click.echo(
            f"they were signed by {done.signing}{told}: compare that with the id beside the "
            "printed key, or that of the last turn of the signing key"
        )
    else:
        click.echo(
            "This backup is older than the keys' own rows, and nothing vouches for the units' "
            "keys: if it can't be so old, stop. Lost: roles, sign-ins and codes of the staff "
            "(staff add), numbers of orders, notes to oneself, notices that waited."
        )


@keys.command("drill")
def keys_drill() -> None:
    """Ask for the printed recovery key and try whether it opens everything; note the day."""
    check_it_opens()
    try:
        pair = ask_for_printed()
        with writing() as session:
            units = drill(session, pair)
    except WrongRecoveryKey:
        raise Refusal(
            "That key doesn't open everything here: look for the other copy, or make a new one "
            "(`flask --app wsgi keys recovery`). Nothing was noted."
        ) from None
    click.echo(f"ok: it opens the keys of the product and of {units} units")


def _turning(kind: str, unit: str | None) -> Iterator[str]:
    if unit:
        return rotate_unit(database(), unit)
    if kind == "master":
        return rotate_master(database(), _settings())
    return rotate_service(database(), _settings(), Purpose(kind))


def ask_for_printed() -> KeyPair:
    """Typed without an echo, or read from a pipe; never an argument, which the shell would keep."""
    if sys.stdin.isatty():
        return read_printed(click.prompt("Recovery key", hide_input=True))
    return read_printed(sys.stdin.readline())


def check_it_opens() -> None:
    """Refuse where the master key here isn't this database's."""
    try:
        with reading() as session:
            check_master(session)
    except WrongMaster:
        raise Refusal(_NO_MASTER) from None
    except (RolledBack, UnusableSetting) as wrong:
        raise Refusal(str(wrong)) from None


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
