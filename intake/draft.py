"""What somebody sends, before it is a case: every door builds the same draft."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date

from intake.attachments.stored_file import StoredFile
from intake.cases.case import Channel, Identity
from portal.campaign.kinds import Kind

# Left out of the content where they are empty: a query code of a text is derived anew from it, and
# must stay the same whatever a draft learns to carry.
_LEFT_OUT = frozenset(
    {
        "recorded_by",
        "representatives",
        "received_on",
        "files",
        "texts_wanted",
        "receipt_by_text",
    }
)


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
    # Who tips off says so where he wants notices by text.
    texts_wanted: bool = False
    # Nobody chose the kind: it was read from the words of a text.
    kind_was_read: bool = False
    # Of what a member of staff wrote down: who he is; the names of those who came for several
    # (信访工作条例 20); the Shanghai day on which a letter came.
    recorded_by: int | None = None
    representatives: tuple[str, ...] = ()
    received_on: date | None = None
    # Whether his receipt goes to him by text too.
    receipt_by_text: bool = False
    files: tuple[StoredFile, ...] = ()

    @property
    def accusing(self) -> bool:
        """Whether the rules for accusations apply: every tip-off, and whatever its writer hides
        from a unit."""
        return self.kind is Kind.TIP_OFF or self.keep_from_unit

    @property
    def content(self) -> bytes:
        """Everything that was sent but the submission id: a retry has the same content, an edited
        one not."""
        said = asdict(replace(self, files=())) | {"files": [one.content for one in self.files]}
        fields = {
            name: value
            for name, value in said.items()
            if name != "submission" and (value or name not in _LEFT_OUT)
        }
        return json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str).encode()
