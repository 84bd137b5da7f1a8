"""Which acts are grave: for those the second factor is proved anew, unless it was a short while ago
(二次验证). An act without a line here fails a test until somebody has said why it isn't grave.

An act is grave where it does at least one of these:

* it opens who wrote;
* it goes out of the house, or to the public, and can't be called back;
* it ends a matter or an alarm, or draws a sample, for good and with nobody after it;
* it lifts a protection;
* it decides, or vouches for, who works here, who may read, or how somebody proves himself.

What an officer does with each case of his day isn't, and stays within the rules of a case; nor is a
draft, a note, a proposal that somebody else decides by a grave act, or what only protects.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from admin.accounts import passkey_challenge
from admin.accounts.sessions import FRESH_FOR

# Whatever is posted there, or only the steps that the address names.
_ALL: frozenset[str] = frozenset()

GRAVE: Mapping[str, frozenset[str]] = {
    # It opens who wrote.
    "desk.open_contact": _ALL,
    "rights.open_contact": _ALL,
    # It goes to the public.
    "publishing.release_draft": _ALL,
    "notices.release_notice": _ALL,
    "policies.release_draft": _ALL,
    "distributions.release_list": _ALL,
    "public_figures.release_month": _ALL,
    "responsibilities.add_row": _ALL,
    "responsibilities.change_row": _ALL,
    "responsibilities.save_sheet": _ALL,
    "spot_checks.take_office_step": frozenset({"freeze", "reveal"}),
    "spot_checks.agree_to_give_up": _ALL,
    # It goes out of the house, or to a unit as the house's formal word.
    "desk.do_act": frozenset({"decline", "give-up", "lift-recusal", "release"}),
    "documents.issue_document": _ALL,
    "referrals.take_step": frozenset({"agree", "delivery", "tell"}),
    "referrals.take_file": _ALL,
    "referrals.read_passphrase": _ALL,
    "hand_over.take": _ALL,
    "hand_over.passphrase": _ALL,
    "hand_over.deliver": _ALL,
    "filing.take_file": _ALL,
    "filing.read_passphrase": _ALL,
    "rights.decide": _ALL,
    "rights.agree": _ALL,
    "sealed_class.hand_above": _ALL,
    "shirking.take_letter_step": frozenset({"send"}),
    "summaries.approve_whole": _ALL,
    "summaries.note_whole_sent": _ALL,
    # It ends a matter, or draws a sample, for good.
    "ledger.take_step": frozenset({"strike-off", "unfounded"}),
    "closing.take_step": frozenset({"close", "reopen"}),
    "assessments.take_office_step": frozenset({"draw", "close"}),
    # It lifts a protection; of cases, see `desk.do_act`.
    "retention.resume": _ALL,
    "rights.give_to_office": _ALL,
    "mistakes.give_to_office": _ALL,
    "staffing.read_given": _ALL,
    # Who may read.
    "sealed_class.set_passphrase": _ALL,
    "sealed_class.let_in": _ALL,
    "sealed_class.remove": _ALL,
    # How somebody proves himself, or hears that somebody else did.
    "accounts.change_own_password": _ALL,
    "accounts.end_session": _ALL,
    "accounts.new_passkey": _ALL,
    "accounts.add_passkey": _ALL,
    "accounts.remove_passkey": _ALL,
    "accounts.end_other_sessions": _ALL,
    "accounts.leave_own_mail": _ALL,
    "accounts.stop_own_mail": _ALL,
    # Who works here.
    "staffing.ask_for_person": _ALL,
    "staffing.ask_for_post": _ALL,
    "staffing.ask_for_link": _ALL,
    "staffing.agree": _ALL,
    "staffing.refuse": _ALL,
    "staffing.fetch": _ALL,
    "staffing.take_one_post": _ALL,
    "staffing.end_his_sign_ins": _ALL,
    "staffing.let_leave": _ALL,
    "staffing.sign_out_everybody": _ALL,
}
# Whoever finds a desk open mustn't make himself its owner for good: these ask for a proof of their
# own, and let pass no longer than it takes to go on with the same form.
JUST_NOW = timedelta(minutes=1)
_OWN_PROOF: Mapping[str, timedelta] = {
    "accounts.change_own_password": JUST_NOW,
    "accounts.new_passkey": JUST_NOW,
    # It answers what the former asked the device, which is good for so long and for this alone.
    "accounts.add_passkey": JUST_NOW + passkey_challenge.LASTS,
    "accounts.remove_passkey": JUST_NOW,
    "accounts.leave_own_mail": JUST_NOW,
    "accounts.stop_own_mail": JUST_NOW,
    # His own sign-in is the one that stays.
    "staffing.sign_out_everybody": JUST_NOW,
}


def is_grave(endpoint: str | None, values: Mapping[str, object] | None) -> bool:
    """Whether what is posted to an endpoint, with these values of its address, is grave."""
    if endpoint is None or endpoint not in GRAVE:
        return False
    steps = GRAVE[endpoint]
    return not steps or any(value in steps for value in (values or {}).values())


def proof_is_good_for(endpoint: str | None) -> timedelta:
    """How old the last proof of the second factor may be, for a grave act."""
    return _OWN_PROOF.get(endpoint or "", FRESH_FOR)
