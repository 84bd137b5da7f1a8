"""The vocabulary of events: what can happen, and which facts each event carries. No other is
accepted."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

FIELDS: dict[str, AbstractSet[str]] = {
    # The life of a case.
    "registered": {"kind", "channel", "unit"},
    "received": {"on"},
    "assigned": {"unit", "responsibility"},
    "transferred": {"unit"},
    "report_asked": {"unit", "due_on"},
    "reported_back": {"unit"},
    "looked": set(),
    "signed_for": {"unit"},
    "accepted": {"unit"},
    "returned": {"unit", "proposed"},
    "taken_away": {"unit"},
    "drafted": {"unit"},
    "sent_back": {"unit"},
    "reviewed": {"unit"},
    "replied": {"unit"},
    "closed": {"unit"},
    "declined": {"unit", "ground"},
    "given_up": {"unit"},
    "reopened": set(),
    "review_asked": {"level"},
    "return_ruled": {"unit", "right", "arbiter"},
    "route_chosen": {"route"},
    "urgent_set": set(),
    "urgent_lifted": set(),
    # What stops its clocks, or gives them more time.
    "reporter_asked": set(),
    "third_party_asked": {"on"},
    "third_party_answered": {"on"},
    "hearing_begun": {"on"},
    "hearing_ended": {"on"},
    "correction_asked": {"until"},
    "correction_received": set(),
    "proposed": {"what", "clock", "days"},
    "proposal_refused": {"what"},
    "extended": {"clock", "days"},
    # What becomes of its dates.
    "overdue": {"clock", "due_on"},
    "reminded": {"clock", "due_on", "how"},
    "supplemented": set(),
    "code_changed": set(),
    "withdrawn": set(),
    "noted": set(),
    "claimed": {"staff"},
    "let_go": set(),
    "withheld": set(),
    "kind_changed": {"former", "kind"},
    "corrected": {"unit", "kind", "policy", "problem", "accused"},
    "split": {"part"},
    "split_off": {"of", "received_on"},
    "dates_moved": {"clock", "former", "due_on"},
    # Formal documents.
    "document_drafted": {"document"},
    "document_issued": {"document", "kind", "unit"},
    "delivered": {"document", "kind", "on"},
    "template_changed": {"kind", "revision"},
    "reply_template_changed": {"template", "revision"},
    "reply_template_retired": {"template"},
    "reply_template_restored": {"template"},
    # Assistance.
    "assistance_asked": {"unit"},
    "assistance_given": {"unit"},
    "assistance_ended": {"unit", "how"},
    # Facts that another unit checks, without seeing the case.
    "verification_asked": {"unit"},
    "verification_answered": {"unit"},
    "verification_withdrawn": {"unit"},
    # Cases for a body without an account here.
    "packed": {"package"},
    "passphrase_read": {"package"},
    "handed_over": {"package", "unit"},
    # Recusal.
    "barred": {"units", "staff", "source"},
    "unbarred": {"units", "staff", "source"},
    "identity_opened": {"reason"},
    # The ledger.
    "problem_opened": {"problem"},
    "measure_recorded": {"problem", "measure"},
    "measure_done": {"problem", "measure"},
    "rectified": {"problem"},
    "rectification_sent_back": {"problem"},
    "struck_off": {"problem"},
    # Who is in charge.
    "responsibility_added": {"responsibility"},
    "responsibility_ended": {"responsibility"},
    # Publishing.
    "result_drafted": {"problem", "draft"},
    "result_sent_back": {"draft"},
    "result_released": {"result", "revision"},
    "result_of_case": {"result"},
    # Accounts and keys.
    "staff_added": {"staff", "unit", "role"},
    "enrolled": set(),
    "signed_in": set(),
    "password_changed": set(),
    "recovery_pinned": {"units"},
    "campaign_loaded": {"code", "revision"},
    "calendar_loaded": {"first", "known_to", "days"},
}
