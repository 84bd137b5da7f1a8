"""The staff site's doors, put into the application one room after another."""

from __future__ import annotations

from flask import Flask, redirect

from admin.accounts import openings
from admin.accounts import pages as accounts_pages
from admin.accounts.commands import staff as staff_commands
from admin.accounts.origin import HOME
from admin.annexes import pages as annexes_pages
from admin.appearances import pages as appearances_pages
from admin.assessments import pages as assessments_pages
from admin.backup import commands as backup_commands
from admin.closing import pages as closing_pages
from admin.declarations import pages as declarations_pages
from admin.desk import pages as desk_pages
from admin.distributions import pages as distributions_pages
from admin.documents import pages as documents_pages
from admin.duplicates import pages as duplicates_pages
from admin.figures import pages as figures_pages
from admin.files import holding
from admin.filing import pages as filing_pages
from admin.follow_up import pages as follow_up_pages
from admin.hand_over import pages as hand_over_pages
from admin.issued_rules import pages as issued_rules_pages
from admin.keys.commands import keys as keys_commands
from admin.ledger import pages as ledger_pages
from admin.mistakes import pages as mistakes_pages
from admin.notices import pages as notices_pages
from admin.office import pages as office_pages
from admin.orders import pages as orders_pages
from admin.outbox import pages as outbox_pages
from admin.policies import pages as policies_pages
from admin.public_figures import pages as public_figures_pages
from admin.publicity import pages as publicity_pages
from admin.publishing import pages as publishing_pages
from admin.recorded_intake import pages as recorded_intake_pages
from admin.referrals import pages as referrals_pages
from admin.reply_templates import pages as reply_templates_pages
from admin.responsibilities import pages as responsibilities_pages
from admin.retention import pages as retention_pages
from admin.returns import pages as returns_pages
from admin.rights import pages as rights_pages
from admin.rounds import pages as rounds_pages
from admin.sealed_class import pages as sealed_class_pages
from admin.shirking import pages as shirking_pages
from admin.spot_checks import pages as spot_checks_pages
from admin.staffing import pages as staffing_pages
from admin.summaries import pages as summaries_pages
from admin.supervision import pages as supervision_pages
from admin.system import commands as system_commands
from admin.system import pages as system_pages
from admin.system.key_state import RolledBackKeys
from admin.system.last_backup import state_of_backup
from portal.pages import health

_ROOMS = (
    annexes_pages,
    appearances_pages,
    assessments_pages,
    closing_pages,
    declarations_pages,
    desk_pages,
    distributions_pages,
    documents_pages,
    duplicates_pages,
    figures_pages,
    filing_pages,
    follow_up_pages,
    hand_over_pages,
    issued_rules_pages,
    ledger_pages,
    mistakes_pages,
    notices_pages,
    office_pages,
    orders_pages,
    outbox_pages,
    policies_pages,
    publicity_pages,
    public_figures_pages,
    publishing_pages,
    recorded_intake_pages,
    referrals_pages,
    reply_templates_pages,
    responsibilities_pages,
    retention_pages,
    rights_pages,
    rounds_pages,
    returns_pages,
    sealed_class_pages,
    shirking_pages,
    spot_checks_pages,
    staffing_pages,
    summaries_pages,
    supervision_pages,
    system_pages,
)
_COMMANDS = (
    staff_commands,
    system_commands.init_command,
    system_commands.campaign,
    system_commands.calendar,
    system_commands.routing,
    keys_commands,
    system_commands.mail,
    system_commands.worker_command,
    system_commands.verify_audit,
    system_commands.doctor_command,
    system_commands.demo_command,
    system_commands.docs_command,
    system_commands.components_command,
    system_commands.error_pages_command,
    backup_commands.backup_command,
    backup_commands.restore_command,
)


def init_app(app: Flask) -> None:
    """Register every room's pages and commands."""
    openings.init_app(app)
    app.register_blueprint(accounts_pages.blueprint)
    for room in _ROOMS:
        room.init_app(app)
    for command in _COMMANDS:
        app.cli.add_command(command)
    holding.init_app(app, app.extensions["settings"])
    health.tell(app, "backup", state_of_backup)
    health.also(app, "put_back", RolledBackKeys())
    if "public" not in app.extensions["settings"].parts:
        # On a host of its own the bare address leads to the first page.
        app.add_url_rule("/", "staff_site", lambda: redirect(HOME))
