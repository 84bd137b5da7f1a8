"""`flask --app wsgi keys sealed…`: founding the sealed class (密件), trying its printed key, and
trusting it again after a restore."""

from __future__ import annotations

import sys
from contextlib import suppress

import click
from flask import current_app

from admin.accounts.commands import Refusal
from admin.keys.commands import ask_for_printed, check_it_opens, keys
from admin.keys.recovery import WrongRecoveryKey
from admin.sealed_class.drilling import note_drill, try_printed
from admin.sealed_class.founding import (
    FoundedBefore,
    WrongClassRecoveryKey,
    found_class,
    hand_to_class,
    pin_class,
    seal_off_earlier,
    take_up_again,
)
from intake.vault.class_key import class_key, is_founded
from intake.vault.passphrase import as_printed
from intake.vault.sealing import KeyPair
from portal.campaign.book import NoCampaign, book
from portal.foundation.database import reading, writing
from portal.foundation.settings import Settings


@keys.command("sealed")
def keys_sealed() -> None:
    """Found the sealed class: make its key and print its own recovery key, once, for discipline
    inspection to keep. Refused where no terminal reads it."""
    if not sys.stdout.isatty():
        raise Refusal(
            "Run this in a terminal: the recovery key of the sealed class is shown once and must "
            "not end in a file."
        )
    try:
        show_new_class()
    except FoundedBefore:
        raise Refusal(
            "The sealed class is founded already, and another key couldn't open what its own does. "
            "On a restored machine run `flask --app wsgi keys sealed-recover`."
        ) from None


@keys.command("sealed-recover")
def keys_sealed_recover() -> None:
    """Ask for the printed recovery key of the sealed class and trust that class on this machine:
    for a restored database. A new reader is made with the same key, on the page 密件."""
    check_it_opens()
    try:
        pair = ask_for_printed()
        with writing() as session:
            take_up_again(session, pair)
    except (WrongRecoveryKey, WrongClassRecoveryKey):
        raise Refusal(
            "That isn't the recovery key of this database's sealed class. Nothing was changed."
        ) from None
    pin_class(_settings(), pair.public)
    with suppress(NoCampaign), writing() as session:
        while hand_to_class(session, book(session)):
            pass
    click.echo(
        "ok: the sealed class is trusted here; who has no passphrase types the same key there"
    )


@keys.command("sealed-drill")
def keys_sealed_drill() -> None:
    """Ask for the printed recovery key of the sealed class and try whether it opens what the class
    holds; note the day. Nothing is shown or kept."""
    check_it_opens()
    try:
        pair = ask_for_printed()
        with reading() as session:
            try_printed(session, pair)
    except (WrongRecoveryKey, WrongClassRecoveryKey):
        raise Refusal(
            "That key doesn't open everything that the sealed class holds here: look for the other "
            "copy, and whether it is this class's. Nothing was noted."
        ) from None
    with writing() as session:
        note_drill(session)
    click.echo("ok: it opens what the sealed class holds")


def knows_class() -> bool:
    """Whether there is a sealed class here, trusted or not."""
    with reading() as session:
        return is_founded(session) or class_key(session) is not None


def show_new_class() -> None:
    """Found the class, and print its recovery key. Raises FoundedBefore."""
    printed = KeyPair.fresh()
    with writing() as session:
        found_class(session, printed.public)
    click.echo("Recovery key of the sealed class (密件), shown this once. Two copies, kept by")
    click.echo("discipline inspection, in none of the safes where the other one lies:")
    click.echo(as_printed(printed.private))
    pin_class(_settings(), printed.public)
    with suppress(NoCampaign), writing() as session:
        found = book(session)
        seal_off_earlier(session, found)
        while hand_to_class(session, found):
            pass


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
