"""What can happen to what is published, and to mistakes in it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

FIELDS: dict[str, AbstractSet[str]] = {
    # Publishing.
    # A text that will be published was held against every case.
    "text_compared": {"desk", "item"},
    "result_drafted": {"problem", "draft"},
    "result_answered": {"problem", "draft"},
    "result_sent_back": {"draft"},
    "result_released": {"result", "revision"},
    "result_withdrawn": {"result"},
    "result_of_case": {"result"},
    "notice_drafted": {"draft"},
    "notice_answered": {"draft"},
    "notice_sent_back": {"draft"},
    "notice_dropped": {"draft"},
    "notice_signed": {"draft"},
    "notice_scheduled": {"draft"},
    "notice_released": {"draft", "revision"},
    "notice_withdrawn": {"notice"},
    "appearance_recorded": {"appearance"},
    "appearance_removed": {"appearance"},
    "appearance_ended": {"appearance", "how"},
    # Mistakes on the site. Only what became a case has one.
    "mistake_reported": {"mistake"},
    "mistake_barred": {"mistake", "units", "staff"},
    "mistake_unbarred": {"mistake", "units", "staff"},
    "mistake_handed_on": {"mistake", "unit"},
    "mistake_reminded": {"mistake", "due_on"},
    "mistake_overdue": {"mistake", "due_on"},
    "mistake_answered": {"mistake", "outcome"},
    "mistake_answer_corrected": {"mistake", "outcome"},
    "mistake_registered": {"mistake"},
    "mistake_read": {"mistake"},
    "mistake_destroyed": {"mistake"},
    # Lists of who received what, by their public number.
    "distribution_drafted": {"distribution"},
    "distribution_answered": {"distribution"},
    "distribution_sent_back": {"distribution"},
    "distribution_dropped": {"distribution"},
    "distribution_released": {"distribution"},
    "distribution_withdrawn": {"distribution", "because"},
    "distribution_taken_down": {"distribution"},
    # The policy list.
    "policies_drafted": {"draft", "policies"},
    "policies_answered": {"draft"},
    "policies_sent_back": {"draft"},
    "policies_dropped": {"draft"},
    "policy_released": {"policy", "version"},
    "policy_in_force": {"policy", "version"},
    "policies_checked": {"policies"},
    # Publicity.
    "publicity_entered": {"entry", "unit"},
    "publicity_corrected": {"entry", "version"},
    "publicity_withdrawn": {"entry"},
    "figures_prepared": {"month", "draft"},
    "figures_sent_back": {"draft"},
    "figures_released": {"month", "revision", "sha256"},
    "figures_withdrawn": {"month", "revision"},
}
