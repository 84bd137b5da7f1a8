"""What a text without a form is about: the draft that the web form would have made of it."""

from __future__ import annotations

from intake.cases.case import Channel, Identity
from intake.draft import Draft
from intake.rules.reading import Reading
from portal.campaign.kinds import Kind


def draft_of_text(
    said: Reading,
    channel: Channel,
    *,
    submission: str = "",
    identity: Identity = Identity.ANONYMOUS,
    contact_phone: str = "",
) -> Draft:
    """The draft of a text that was read. Its kind is told by its words; nobody can choose wrong,
    the office may change it.

    A text has no box "涉及谁": who names a unit as doing wrong accuses it, and it doesn't get the
    case (信访工作条例 30(3)).
    """
    return Draft(
        channel=channel,
        # Thanks and advertising are registered too: a person closes them, not a machine.
        kind=Kind(said.kind) if said.kind in set(Kind) else Kind.CONSULTATION,
        words=said.named.text,
        submission=submission,
        identity=identity,
        contact_phone=contact_phone,
        kind_was_read=True,
    )
