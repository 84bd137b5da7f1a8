"""Every table of the staff side, for the migrations."""

from admin.accounts import credential, staff_session
from admin.ledger import problem
from admin.publishing import result_draft

__all__ = ["credential", "problem", "result_draft", "staff_session"]
