"""What can happen to who works here: accounts, posts, sign-ins, people who leave."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

FIELDS: dict[str, AbstractSet[str]] = {
    "staff_added": {"staff", "unit", "role"},
    # A one-time link was made; with nobody's name on it, by the command line.
    "link_made": {"staff"},
    "enrolled": set(),
    # `way` is the second factor: a code or a passkey. Older ones don't say.
    "signed_in": {"way"},
    "proved_again": {"way"},
    "password_changed": set(),
    "passkey_added": {"passkey"},
    "passkey_removed": {"passkey"},
    # Changes that give power: `how` is how whoever asked made sure who wants it.
    "staff_change_proposed": {"change", "what", "how"},
    "staff_change_agreed": {"change", "what"},
    "staff_change_refused": {"change", "what"},
    "staff_change_taken_back": {"change", "what"},
    # What takes power away.
    "post_taken": {"staff", "unit", "role"},
    "sign_ins_ended": {"staff"},
    "everybody_signed_out": {"why"},
    "staff_left": {"staff"},
    "leaver_looked_through": {"staff", "unit"},
    # The head of the office has read what the command line gave, up to this event.
    "command_posts_seen": {"upto"},
}
