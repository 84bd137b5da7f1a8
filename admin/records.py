"""Every table of the staff side, for the migrations."""

from admin.accounts import (
    credential,
    once,
    passkey,
    passkey_challenge,
    sealed_unlock,
    staff_mail,
    staff_session,
)
from admin.annexes import annex_template
from admin.assessments import assessed_street, drawn_row
from admin.closing import closing
from admin.declarations import declaration
from admin.desk import correction, own_note, proposal, saved_filter
from admin.distributions import distribution_draft
from admin.documents import document_template
from admin.figures import milestone
from admin.filing import filing
from admin.hand_over import package
from admin.inbox import reconciled
from admin.issued_rules import issued_rule, rule_answer
from admin.ledger import (
    ledger_evidence,
    ledger_text,
    measure,
    problem,
    problem_move,
    problem_referral,
)
from admin.notices import notice_draft
from admin.office import duty_mark
from admin.orders import order_sheet
from admin.policies import policy_draft
from admin.public_figures import figures_draft
from admin.publicity import publicity_entry
from admin.publishing import result_draft
from admin.reply_templates import reply_template
from admin.retention import destruction_hold, destruction_notice
from admin.returns import monthly_return
from admin.rounds import round_evidence, round_order, round_text, supervision_round
from admin.sealed_class import sealed_reader
from admin.shirking import letter
from admin.spot_checks import check_entry as spot_check_entry
from admin.spot_checks import check_evidence, check_team, checked_unit, spot_check
from admin.staffing import leaver, staff_change
from admin.summaries import contribution, sending, summary, summary_reminder
from admin.supervision import entry, seen_events, suggestion, supervision
from admin.system import reading_alarm, worker_job

__all__ = [
    "annex_template",
    "assessed_street",
    "check_evidence",
    "check_team",
    "checked_unit",
    "closing",
    "contribution",
    "correction",
    "credential",
    "declaration",
    "destruction_hold",
    "destruction_notice",
    "distribution_draft",
    "document_template",
    "drawn_row",
    "duty_mark",
    "entry",
    "figures_draft",
    "filing",
    "issued_rule",
    "leaver",
    "ledger_evidence",
    "ledger_text",
    "letter",
    "measure",
    "milestone",
    "monthly_return",
    "notice_draft",
    "once",
    "order_sheet",
    "own_note",
    "package",
    "passkey",
    "passkey_challenge",
    "policy_draft",
    "problem",
    "problem_move",
    "problem_referral",
    "proposal",
    "publicity_entry",
    "reading_alarm",
    "reconciled",
    "reply_template",
    "result_draft",
    "round_evidence",
    "round_order",
    "round_text",
    "rule_answer",
    "saved_filter",
    "sealed_reader",
    "sealed_unlock",
    "seen_events",
    "sending",
    "spot_check",
    "spot_check_entry",
    "staff_change",
    "staff_mail",
    "staff_session",
    "suggestion",
    "summary",
    "summary_reminder",
    "supervision",
    "supervision_round",
    "worker_job",
]
