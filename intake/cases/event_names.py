"""The vocabulary of events: what can happen, and which facts each event carries. No other is
accepted."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from intake.cases import campaign_events, publishing_events, staff_events

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
    "reopened_by_office": set(),
    "reopened_by_sender": set(),
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
    "proposal_lapsed": {"what"},
    "extended": {"clock", "days"},
    # What becomes of its dates.
    "overdue": {"clock", "due_on"},
    "reminded": {"clock", "due_on", "how"},
    # Texts that we sent to the reporter: which template, and what became of it.
    "text_sent": {"template"},
    "text_reported": {"template", "state"},
    "text_sent_again": {"template", "reason"},
    "text_let_go": {"template", "reason"},
    # The same of mails.
    "mail_sent": {"template"},
    "mail_reported": {"template", "state"},
    "mail_sent_again": {"template", "reason"},
    "mail_let_go": {"template", "reason"},
    "supplemented": set(),
    "reporter_told": set(),
    "pictures_came": {"count"},
    "pictures_lost": {"count"},
    "code_changed": set(),
    "withdrawn": set(),
    # After it was closed.
    "answered": {"how", "solved", "satisfaction"},
    "visited": {"how", "on", "solved", "satisfaction"},
    "not_reached": {"attempts"},
    "follow_up_ended": {"outcome"},
    "noted": set(),
    "claimed": {"staff"},
    "let_go": set(),
    "withheld": set(),
    "kind_changed": {"former", "kind"},
    "corrected": {"unit", "kind", "policy", "problem", "accused"},
    "split": {"part"},
    "split_off": {"of", "received_on"},
    "dates_moved": {"clock", "former", "due_on"},
    # Orders of other bodies.
    "ordered": {"on", "due_on"},
    "order_extended": {"due_on"},
    "order_answered": {"on"},
    "order_sent_again": {"on", "due_on"},
    "order_number_corrected": set(),
    "order_answers_exported": {"count"},
    "receipt_handed_out": set(),
    # Cases that belong together.
    "merged": {"merger"},
    "unmerged": {"merger"},
    "joined": {"merger", "clock", "due_on"},
    "parted": {"merger"},
    "linked": {"link", "how"},
    "unlinked": {"link"},
    "answer_cited": {"link"},
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
    # Special supervision.
    "supervised": {"trigger", "due_on"},
    "supervision_checked": set(),
    "supervision_reported": {"unit"},
    "supervision_extended": {"former", "due_on"},
    "supervision_closed": {"outcome"},
    "supervision_suggested": {"trigger", "clock", "due_on", "times"},
    "suggestion_dismissed": {"trigger"},
    # Facts that another unit checks, without seeing the case.
    "verification_asked": {"unit"},
    "verification_reminded": {"unit", "due_on", "how"},
    "verification_answered": {"unit"},
    "verification_withdrawn": {"unit"},
    # Cases for a body without an account here.
    "packed": {"package"},
    "passphrase_read": {"package"},
    "handed_over": {"package", "unit"},
    # Referral. None of them names the body: the unit that has the case reads that it was referred.
    "found": {"referral"},
    "not_referred": {"referral"},
    "referral_decided": {"referral"},
    "referred": {"referral", "on"},
    "referral_returned": {"referral"},
    "progress_asked": {"referral"},
    "progress_due": {"referral"},
    "progress_told": {"referral", "stage"},
    "concluded": {"referral", "on"},
    "result_told": {"referral"},
    # What becomes of open cases when the campaign is over, and its end.
    "kept": {"unit"},
    "handed_on": {"unit", "body"},
    "closing_prepared": {"kept", "handed_on"},
    "closing_taken_back": set(),
    "campaign_closed": {"on", "kept", "handed_on"},
    "campaign_reopened": set(),
    # Filing.
    "filed": {"package", "sha256"},
    # Destroying what was typed, the contact earlier than the rest: by age, or since its reporter
    # took it back or asked for it.
    "contact_destroyed": {"reason"},
    "destroyed": {"reason"},
    "destruction_held": set(),
    "destruction_resumed": set(),
    # Recusal.
    "barred": {"units", "staff", "source"},
    "unbarred": {"units", "staff", "source"},
    "identity_opened": {"reason"},
    # Who read a case's words: once for a person, a case and a day.
    "words_read": set(),
    # That somebody read unusually many, and up to how many would have been usual.
    "reading_alarm": {"staff", "on", "most"},
    **campaign_events.FIELDS,
    **publishing_events.FIELDS,
    # Who is in charge.
    "responsibility_added": {"responsibility"},
    "responsibility_ended": {"responsibility"},
    **staff_events.FIELDS,
    # Keys.
    "recovery_pinned": {"units"},
    # Keys by their ids alone; `purpose` says what for, of a unit's pair which unit's.
    "key_rotated": {"purpose", "key", "former"},
    "key_retired": {"purpose", "key"},
    "keys_recovered": {"units"},
    "recovery_drilled": {"units"},
    # The sealed class: its key, its readers, and that somebody opened it or couldn't. None of them
    # tells of a case, but that a reader handed one to the body above.
    "sealed_case_handed_above": set(),
    "sealed_class_founded": set(),
    "sealed_class_taken_up": set(),
    "sealed_class_drilled": set(),
    "sealed_reader_invited": {"staff"},
    "sealed_reader_added": {"staff"},
    "sealed_reader_removed": {"staff"},
    "sealed_passphrase_changed": set(),
    "sealed_class_unlocked": set(),
    "sealed_class_not_opened": set(),
    "campaign_loaded": {"code", "revision"},
    "calendar_loaded": {"first", "known_to", "days"},
    # Backups: how many events it holds, and the digest over all of it.
    "backup_taken": {"events", "sha256"},
    "restored": {"events", "sha256"},
}
