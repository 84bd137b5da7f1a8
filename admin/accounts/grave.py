"""Which acts are grave: for those the second factor is proved anew, unless it was a short while ago
(二次验证). An act without a line here fails a test until somebody has said that it isn't grave."""

from __future__ import annotations

from collections.abc import Mapping

# Whatever is posted there, or only the steps that the address names.
_ALL: frozenset[str] = frozenset()

GRAVE: Mapping[str, frozenset[str]] = {
    # Who wrote.
    "desk.open_contact": _ALL,
    "rights.open_contact": _ALL,
    # What can't be taken back from whoever reads it.
    "publishing.release_draft": _ALL,
    "notices.release_notice": _ALL,
    "policies.release_draft": _ALL,
    "distributions.release_list": _ALL,
    "public_figures.release_month": _ALL,
    # What ends a matter, or gives it out of the house.
    "ledger.take_step": frozenset({"strike-off"}),
    "desk.do_act": frozenset({"decline"}),
    "referrals.take_step": frozenset({"agree"}),
    "referrals.take_file": _ALL,
    "referrals.read_passphrase": _ALL,
    "hand_over.take": _ALL,
    "hand_over.passphrase": _ALL,
    "filing.take_file": _ALL,
    "filing.read_passphrase": _ALL,
    "closing.take_step": frozenset({"close", "reopen"}),
    "rights.agree": _ALL,
    "sealed_class.hand_above": _ALL,
    # How somebody proves himself, and who works here.
    "accounts.change_own_password": _ALL,
    "accounts.end_session": _ALL,
    "accounts.new_passkey": _ALL,
    "accounts.add_passkey": _ALL,
    "accounts.remove_passkey": _ALL,
    "accounts.end_other_sessions": _ALL,
    "staffing.agree": _ALL,
    "staffing.refuse": _ALL,
    "staffing.fetch": _ALL,
    "staffing.take_one_post": _ALL,
    "staffing.end_his_sign_ins": _ALL,
    "staffing.let_leave": _ALL,
}


def is_grave(endpoint: str | None, values: Mapping[str, object] | None) -> bool:
    """Whether what is posted to an endpoint, with these values of its address, is grave."""
    if endpoint is None or endpoint not in GRAVE:
        return False
    steps = GRAVE[endpoint]
    return not steps or any(value in steps for value in (values or {}).values())
