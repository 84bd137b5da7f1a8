"""Every table of the staff side, for the migrations."""

from admin.accounts import credential, staff_session
from admin.desk import correction
from admin.documents import document_template
from admin.hand_over import package
from admin.ledger import problem
from admin.publishing import result_draft

__all__ = [
    "correction",
    "credential",
    "document_template",
    "package",
    "problem",
    "result_draft",
    "staff_session",
]
