"""What a formal document says: its parts as they were typed, kept sealed as one text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from intake.correspondence import Letter
from intake.rules.formal_documents import OUTCOMES, PARTS, DocumentKind


@dataclass(frozen=True)
class DocumentText:
    """The parts of a document. `outcome` is a code of `OUTCOMES`; what its kind doesn't have stays
    empty."""

    addressee: str = ""
    request: str = ""
    facts: str = ""
    grounds: str = ""
    basis: str = ""
    outcome: str = ""
    opinion: str = ""
    door: str = ""
    until: str = ""
    remedies: str = ""

    def sealed_as(self, key: str) -> str:
        """The text to be sealed, with the key of its document."""
        return json.dumps({"document": key, **asdict(self)}, ensure_ascii=False)

    def value(self, kind: DocumentKind, part: str) -> str:
        """One part in words."""
        found: str = getattr(self, part)
        return OUTCOMES[kind].get(found, "") if part == "outcome" else found

    def parts(self, kind: DocumentKind) -> list[tuple[str, str]]:
        """What the document says, each part with what it is called, in their order."""
        return [(label, self.value(kind, part)) for part, label in PARTS[kind].items()]


def texts_in(letters: Iterable[Letter]) -> dict[str, DocumentText]:
    """The last text of each document among some opened letters, by the document's key."""
    found = {}
    for letter in letters:
        kept = json.loads(letter.text)
        key = str(kept.pop("document"))
        found[key] = DocumentText(**kept)
    return found
