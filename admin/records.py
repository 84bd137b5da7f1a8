"""Every table of the staff side, for the migrations."""

from admin.accounts import credential, staff_session
from admin.desk import correction, own_note, proposal, saved_filter
from admin.documents import document_template
from admin.hand_over import package
from admin.ledger import problem
from admin.publishing import result_draft
from admin.reply_templates import reply_template

__all__ = [
    "correction",
    "credential",
    "document_template",
    "own_note",
    "package",
    "problem",
    "proposal",
    "reply_template",
    "result_draft",
    "saved_filter",
    "staff_session",
]
