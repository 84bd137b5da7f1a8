"""The staff site's doors, put into the application one room after another."""

from __future__ import annotations

from flask import Flask

from admin.accounts import pages as accounts_pages
from admin.accounts.commands import staff as staff_commands
from admin.closing import pages as closing_pages
from admin.desk import pages as desk_pages
from admin.documents import pages as documents_pages
from admin.duplicates import pages as duplicates_pages
from admin.figures import pages as figures_pages
from admin.filing import pages as filing_pages
from admin.follow_up import pages as follow_up_pages
from admin.hand_over import pages as hand_over_pages
from admin.ledger import pages as ledger_pages
from admin.office import pages as office_pages
from admin.orders import pages as orders_pages
from admin.outbox import pages as outbox_pages
from admin.public_figures import pages as public_figures_pages
from admin.publishing import pages as publishing_pages
from admin.recorded_intake import pages as recorded_intake_pages
from admin.referrals import pages as referrals_pages
from admin.reply_templates import pages as reply_templates_pages
from admin.responsibilities import pages as responsibilities_pages
from admin.supervision import pages as supervision_pages
from admin.system import commands as system_commands
from admin.system import pages as system_pages


def init_app(app: Flask) -> None:
    """Register every room's pages and commands."""
    app.register_blueprint(accounts_pages.blueprint)
    closing_pages.init_app(app)
    desk_pages.init_app(app)
    documents_pages.init_app(app)
    figures_pages.init_app(app)
    follow_up_pages.init_app(app)
    duplicates_pages.init_app(app)
    filing_pages.init_app(app)
    hand_over_pages.init_app(app)
    ledger_pages.init_app(app)
    office_pages.init_app(app)
    orders_pages.init_app(app)
    outbox_pages.init_app(app)
    public_figures_pages.init_app(app)
    publishing_pages.init_app(app)
    recorded_intake_pages.init_app(app)
    referrals_pages.init_app(app)
    reply_templates_pages.init_app(app)
    responsibilities_pages.init_app(app)
    supervision_pages.init_app(app)
    system_pages.init_app(app)
    for command in (
        staff_commands,
        system_commands.init_command,
        system_commands.campaign,
        system_commands.calendar,
        system_commands.routing,
        system_commands.keys,
        system_commands.mail,
        system_commands.worker_command,
        system_commands.verify_audit,
        system_commands.doctor_command,
        system_commands.demo_command,
        system_commands.docs_command,
    ):
        app.cli.add_command(command)
