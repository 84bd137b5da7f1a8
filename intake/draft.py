"""What somebody sends, before it is a case: every door builds the same draft."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from intake.cases.case import Channel, Identity
from portal.campaign.kinds import Kind


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One submission. `submission` is its one-time id; for a text message, the provider's id.

    Codes are empty where the writer didn't say; `accused`, `on_behalf_of` and the contact are his
    own words.
    """

    channel: Channel
    kind: Kind
    words: str
    submission: str
    policy: str = ""
    problem: str = ""
    place: str = ""
    fund_year: int | None = None
    accused: str = ""
    keep_from_unit: bool = False
    on_behalf_of: str = ""
    identity: Identity = Identity.ANONYMOUS
    contact_name: str = ""
    contact_phone: str = ""
    # Nobody chose the kind: it was read from the words of a text.
    kind_was_read: bool = False

    @property
    def accusing(self) -> bool:
        """Whether the rules for accusations apply: every tip-off, and whatever its writer hides
        from a unit."""
        return self.kind is Kind.TIP_OFF or self.keep_from_unit

    @property
    def content(self) -> bytes:
        """Everything that was sent but the submission id: a retry has the same content, an edited
        one not."""
        fields = {k: v for k, v in asdict(self).items() if k != "submission"}
        return json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
