"""Every table of the staff side, for the migrations."""

from admin.accounts import credential, staff_session
from admin.desk import correction, proposal, saved_filter
from admin.documents import document_template
from admin.filing import filing
from admin.hand_over import package
from admin.ledger import problem
from admin.publishing import result_draft
from admin.referrals import referral_text

__all__ = [
    "correction",
    "credential",
    "document_template",
    "filing",
    "package",
    "problem",
    "proposal",
    "referral_text",
    "result_draft",
    "saved_filter",
    "staff_session",
]
