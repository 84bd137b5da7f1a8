"""The commands of `flask --app wsgi`: set up, load, work, check."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from admin.accounts.commands import Refusal
from admin.demonstration import demo
from admin.demonstration.sample_people import password_hash
from admin.demonstration.sample_readers import class_open
from admin.keys.class_commands import knows_class, show_new_class
from admin.keys.commands import keys
from admin.keys.intake_file import put_file_right_in_turn
from admin.keys.master import finish_master
from admin.keys.ring_rows import WrongMaster, lay_ring, newest_id, pin_in_turn
from admin.keys.witness import PUT_BACK, RolledBack, contradictions
from admin.office.calendar_change import take_over
from admin.office.calendar_sheet import WrongDays, read_days
from admin.office.recounting import finish_recount
from admin.system import routing_learning, routing_report, set_up, worker
from admin.system.components import components
from admin.system.doctor import findings, mail_faults, stranded
from admin.system.event_audit import BrokenChain, verify
from admin.system.front_pages import write_front_pages
from admin.system.generated_docs import renew
from admin.system.heads_out import kept_outside
from admin.system.outside_audit import hold_against
from admin.system.outside_head import NotAHead
from admin.system.queue_ages import old_queues
from intake.cases.event import record
from intake.outbox.mailing import forget_mail
from intake.vault.passphrase import as_printed
from intake.vault.sealing import KeyPair
from intake.vault.service_key import Purpose
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.database import database, reading, writing
from portal.foundation.mail_address import mail_address
from portal.foundation.refusal import Problem
from portal.foundation.refusal import Refusal as BadFiles
from portal.foundation.settings import Settings, UnusableSetting
from portal.loading.load import load

campaign = AppGroup("campaign", help="The campaign's data.")
calendar = AppGroup("calendar", help="The calendar of working days.")
routing = AppGroup("routing", help="How texts are routed.")
mail = AppGroup("mail", help="Notices by mail.")


@click.command("init")
@with_appcontext
def init_command() -> None:
    """Make what is missing: data folder, keys, schema, and on a terminal the recovery key.
    Harmless to repeat."""
    settings = _settings()
    set_up.bring_schema_up(settings.database_url)
    try:
        with writing() as session:
            set_up.begin_chain(session)
            lay_ring(session, settings)
        finish_master(database(), settings)
        pin_in_turn(database(), settings)
        was_other = put_file_right_in_turn(database(), settings)
    except WrongMaster:
        raise Refusal(
            "The master key here isn't that of this database: `flask --app wsgi keys recover`."
        ) from None
    except (RolledBack, UnusableSetting) as wrong:
        raise Refusal(str(wrong)) from None
    if was_other:
        click.echo(f"{settings.intake_key_file} didn't hold this database's keys and does now")
    if sys.stdout.isatty() and not current_app.extensions["vault"].pins.recovery:
        _show_recovery_key()
    # A demonstration founds the class by itself, with readers whose passphrase is told.
    if sys.stdout.isatty() and not settings.demo and not knows_class():
        show_new_class()


@campaign.command("load")
@click.argument("folder", type=click.Path(path_type=Path))
def campaign_load(folder: Path) -> None:
    """Check a campaign folder and load it; changes nothing when anything in it is wrong."""
    try:
        with writing() as session:
            loaded = load(session, folder)
            set_up.give_units_keys(session)
            if loaded.changed:
                record(session, "campaign_loaded", code=loaded.code, revision=loaded.revision)
    except BadFiles as refusal:
        raise Refusal(str(refusal)) from None
    click.echo(str(loaded))


@calendar.command("load")
@click.argument("file", type=click.Path(path_type=Path))
def calendar_load(file: Path) -> None:
    """Load a year of working days from a spreadsheet (date, working, name), and move the dates of
    cases that it moves."""
    try:
        days = read_days(file.read_bytes())
        with writing() as session:
            change = take_over(session, days, source=file.name)
    except OSError as error:
        raise Refusal(f"{file.name}: can't be read: {error.strerror}") from None
    except WrongDays as wrong:
        faults = [Problem(file.name, one.line, one.english) for one in wrong.faults]
        raise Refusal(str(BadFiles(faults))) from None
    moved = finish_recount(database())
    click.echo(f"{len(change.days)} days, {moved} cases moved")


@keys.command("recovery")
def keys_recovery() -> None:
    """Make a new recovery key and print its private half, once. Refused where no terminal reads
    it."""
    if not sys.stdout.isatty():
        raise Refusal(
            "Run this in a terminal: the recovery key is shown once and must not end in a file."
        )
    _show_recovery_key()


@routing.command("explain")
@click.option("--channel", default="sms", show_default=True, help="sms or web.")
@click.option("--text", required=True, help="What somebody wrote.")
@with_appcontext
def routing_explain(channel: str, text: str) -> None:
    """Print how a text would be read and routed, as one JSON object; nothing is registered."""
    try:
        with reading() as session:
            found = routing_report.explained(text, channel, book(session), clock.today())
    except BadFiles as refusal:
        raise Refusal(str(refusal)) from None
    click.echo(json.dumps(found, ensure_ascii=False))


@routing.command("evaluate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--verbose", is_flag=True, help="A line for each text as well.")
@with_appcontext
def routing_evaluate(file: Path, verbose: bool) -> None:
    """Route a file of labelled texts (JSON lines) and print how well, as one JSON object."""
    say = click.echo if verbose else None
    try:
        with reading() as session:
            found = routing_report.evaluated(file, book(session), clock.today(), say)
    except BadFiles as refusal:
        raise Refusal(str(refusal)) from None
    click.echo(json.dumps(found, ensure_ascii=False))


@routing.command("learn")
@click.argument("folder", type=click.Path(path_type=Path))
def routing_learn(folder: Path) -> None:
    """Learn from a folder of labelled texts how to read others.

    Each file's name ends in that of its campaign. What was learnt is part of the program: commit
    it."""
    try:
        found = routing_learning.learn_from(folder, Path("campaigns"), clock.today())
    except BadFiles as refusal:
        raise Refusal(str(refusal)) from None
    click.echo(json.dumps(found))


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due and stop.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Do what waits: hand keys on after a recusal, watch dates, send texts and mails, sign the
    event chain's head. Two at once do each thing once."""
    worker.run(database(), _settings(), once=once)


@mail.command("forget")
@with_appcontext
def mail_forget() -> None:
    """Ask for a mail address and forget it wherever it was left, for its owner who didn't leave it.
    Typed, not given as an argument, so that it stays out of the shell's history."""
    address = mail_address(click.prompt("Mail address", hide_input=True))
    if address is None:
        raise Refusal("That is no mail address.")
    with writing() as session:
        forgotten = forget_mail(session, address)
    click.echo(f"forgotten in {forgotten} cases")


@click.command("verify-audit")
@click.option(
    "--heads",
    type=click.Path(path_type=Path),
    help="Heads that left the machine: a file, or a saved mail. Without it HEADS_FILE, if there.",
)
@with_appcontext
def verify_audit(heads: Path | None) -> None:
    """Recompute the chain of events and hold it against the heads that left the machine; exit 2
    names the first event that is wrong, and each head that doesn't fit."""
    if heads and not heads.is_file():
        raise Refusal(f"{heads}: there is no such file.")
    try:
        outside = kept_outside(heads or _settings().heads_file)
        if heads and not outside:
            raise Refusal(f"{heads}: there is no head in it.")
        with reading() as session:
            events, held = verify(session), hold_against(session, outside)
            rolled_back = contradictions(session)
    except (BrokenChain, NotAHead) as broken:
        raise Refusal(str(broken)) from None
    except (OSError, UnicodeDecodeError):
        raise Refusal("The file of heads can't be read.") from None
    wrong = [*held.misfits, *([*rolled_back, PUT_BACK] if rolled_back else ())]
    if wrong:
        raise Refusal("\n".join([*wrong, *held.losses]))
    click.echo("\n".join([f"ok, {events} events, heads outside: {held.fitting}", *held.losses]))


@click.command("doctor")
@with_appcontext
def doctor_command() -> None:
    """Say what a running deployment still lacks; exit 2 if anything."""
    with reading() as session:
        found = [one.english for one in findings(session, _settings())]
        found += [*stranded(session), *old_queues(session)]
    found += mail_faults(_settings())
    if found:
        raise Refusal("\n".join(found))
    click.echo("ok")


@click.command("demo")
@click.option("--half-year", is_flag=True, help="First play a half-year of the campaign.")
@with_appcontext
def demo_command(*, half_year: bool) -> None:
    """Add sample staff and cases, all marked as samples, and print how to sign in."""
    settings = _settings()
    if not settings.demo:
        raise Refusal("Set DEMO=1: sample staff can sign in with a password that everybody knows.")
    if half_year and demo.somebody_is_there(database()):
        raise Refusal("A half-year is played in a new DATA_DIR only.")
    with class_open(database(), settings, password_hash()):
        if half_year:
            for line in demo.play_half_year(
                database(),
                settings,
                in_the_evening=partial(worker.do_everything, settings=settings),
            ):
                click.echo(line)
        for line in demo.prepare(database()):
            click.echo(line)


@click.command("error-pages")
@click.argument("folder", type=click.Path(path_type=Path))
@with_appcontext
def error_pages_command(folder: Path) -> None:
    """Write the pages that the proxy in front shows by itself, with the campaign's hotline."""
    try:
        with reading() as session:
            written = write_front_pages(session, folder)
    except OSError as error:
        raise Refusal(f"{folder}: can't be written: {error.strerror}.") from None
    click.echo(f"ok, {len(written)} pages")


@click.command("docs")
@with_appcontext
def docs_command() -> None:
    """Renew the pages of docs/ that are made from the code."""
    for path in renew(current_app):
        click.echo(path)


@click.command("components")
def components_command() -> None:
    """Print what the product is made of, as CycloneDX."""
    click.echo(components(), nl=False)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _show_recovery_key() -> None:
    pair = KeyPair.fresh()
    with reading() as session:
        signing = newest_id(session, Purpose.SIGNING)
    click.echo("Recovery key, shown this once. Write it down, two copies, two safes:")
    click.echo(as_printed(pair.private))
    click.echo(f"and beside it the signing key's id: {signing}")
    # Shown first: paper that never came to hold does less harm than a key that nobody has.
    set_up.take_recovery_key(database(), _settings(), pair.public)
    click.echo("ok, it holds from now on; try it: flask --app wsgi keys drill")
