"""The commands `backup` and `restore`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from admin.accounts.commands import Refusal
from admin.backup.manifest import Manifest
from admin.backup.refused import Refused
from admin.backup.restoring import Restored, restore
from admin.backup.taking import take_backup
from intake.cases.event import record
from portal.foundation import demo_clock
from portal.foundation.database import Database
from portal.foundation.settings import Settings

_FILE = click.argument("file", type=click.Path(path_type=Path))


def app_without_keys(settings: Settings) -> Flask:
    """An application that has these two commands and nothing else: it makes, reads and needs no
    key."""
    demo_clock.follow(settings)
    app = Flask("backup")
    app.extensions["settings"] = settings
    for command in (backup_command, restore_command):
        app.cli.add_command(command)
    return app


@click.command("backup")
@_FILE
@with_appcontext
def backup_command(file: Path) -> None:
    """Copy database, files and waiting texts into one new FILE, while the product runs. No key is
    needed, none is in it."""
    settings = _settings()
    try:
        manifest, skipped = take_backup(settings, file.resolve())
    except Refused as refused:
        raise Refusal(str(refused)) from None
    for line in _of(manifest):
        click.echo(line)
    click.echo(f"{skipped} links and other things that aren't plain files were left out")
    _note(settings, manifest)
    click.echo("ok")


@click.command("restore")
@_FILE
@with_appcontext
def restore_command(file: Path) -> None:
    """Put a backup's data where there is none yet, and bring an older schema up. The keys come from
    where they are kept."""
    settings = _settings()
    try:
        restored = restore(settings, file.resolve())
    except Refused as refused:
        raise Refusal(str(refused)) from None
    for line in (*_of(restored.manifest), *_more(restored, settings)):
        click.echo(line)


def _note(settings: Settings, manifest: Manifest) -> None:
    """An event, by which `doctor` knows how old the last backup is."""
    database = Database(settings)
    try:
        with database.writing() as session:
            record(session, "backup_taken", events=manifest.events, sha256=manifest.sha256)
    except SQLAlchemyError as error:
        name = type(error).__name__
        raise Refusal(f"The backup is whole, and couldn't be noted as an event: {name}.") from None
    finally:
        database.engine.dispose()


def _of(manifest: Manifest) -> list[str]:
    """What one notes down outside, to compare it with a later one."""
    return [
        f"campaign {manifest.campaign or 'none'}, schema {manifest.schema}, {manifest.database}",
        f"every receipt until {manifest.taken_at}",
        f"{manifest.events} events, the last {manifest.head}",
        f"{manifest.files} files, {manifest.texts} waiting texts",
        f"{manifest.lacking} files that the database refers to were gone",
        f"{manifest.unreferenced} files that nothing refers to are kept",
        f"sha256 of manifest.json, which covers all: {manifest.sha256}",
    ]


def _more(restored: Restored, settings: Settings) -> list[str]:
    keys = (
        "keys fit"
        if restored.keys_fit
        else f"no keys yet: put them to {settings.master_key_file}, {settings.secret_key_file}, "
        f"{settings.intake_key_file} and {settings.shared_dir / 'pins.json'}; until then nothing "
        "opens, and no signature of the chain was checked"
    )
    return [f"{restored.cases} cases, {restored.receipts} receipts", keys, *_undone(restored)]


def _undone(restored: Restored) -> list[str]:
    """What a restore takes back without anybody having meant it."""
    return [
        f"everything stands as it stood at {restored.manifest.taken_at}",
        "before you start, find out what was done since, and do it again before others come in:",
        "  bars of the accused, and what was published and then withdrawn or taken down",
        "  posts and roles of the staff, people who left, passwords and codes set anew",
        "  telephones that opted out of texts",
        "sign-ins and one-time links are over",
    ]


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
