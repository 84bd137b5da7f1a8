"""What a draft of policies holds, sealed for the office, and what the leak check finds in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.policies.policy_draft import PolicyDraft
from admin.policies.proposal import Proposal, differences, words_of
from admin.publishing.echoes import as_kept as echoes_as_kept
from admin.publishing.echoes import from_kept
from admin.publishing.inside import beside_cases
from admin.publishing.located import (
    Answer,
    Located,
    answers_as_kept,
    kept_answers,
    located,
)
from intake.vault.compartment import Compartment, new_compartment, open_compartment
from portal.campaign.book import Book
from portal.campaign.policy_fields import FIELDS

_NAME, _COLUMN = "publishing", "draft"
NOTE = "note"
# Chosen from a list or told by a calendar: nothing of them can name anybody.
_CHOSEN = frozenset({"unit_code", "ended_on", "in_scope", "source_status", "discreet", "sample"})


@dataclass(frozen=True, kw_only=True)
class DraftContent:
    """What would change, and what only the desk reads. `echoes` are passages that repeat words of
    cases, `writers` had a hand in it."""

    proposal: Proposal
    echoes: tuple[tuple[str, str], ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)
    writers: frozenset[int] = frozenset()
    sent_back_because: str = ""


def findings(content: DraftContent, book: Book) -> list[Located]:
    """What the leak check finds in the texts that would change. What stands on the site already
    isn't asked about again."""
    texts = _texts(content.proposal, book)
    now = {name: new for name, (_, new) in texts.items()}
    found = located(now, content.answers, beside_cases(book), content.echoes)
    return [one for one in found if one.passage not in texts[one.field][0]]


def texts_to_check(proposal: Proposal, book: Book) -> dict[str, str]:
    """The texts that would change, as they would read, by the names that findings give them."""
    return {name: new for name, (_, new) in _texts(proposal, book).items()}


def _texts(proposal: Proposal, book: Book) -> dict[str, tuple[str, str]]:
    """Each text as it stands and as it would read."""
    return {
        NOTE: ("", proposal.note),
        **{
            f"{one.code}.{change.name}": words_of(change, book)
            for one in differences(proposal, book)
            for change in one.fields
            if change.name in FIELDS and change.name not in _CHOSEN
        },
    }


def seal(session: Session, draft: PolicyDraft, content: DraftContent, office: str) -> bytes:
    """Seal what a draft holds for the office."""
    kept = {
        "proposal": content.proposal.as_kept(),
        "echoes": echoes_as_kept(content.echoes),
        "answers": answers_as_kept(content.answers),
        "writers": sorted(content.writers),
        "sent_back_because": content.sent_back_because,
    }
    box = box_of(session, draft) or new_compartment(
        session, label=draft.label, name=_NAME, holders=frozenset({office})
    )
    return box.seal(json.dumps(kept, ensure_ascii=False), _COLUMN)


def unseal(session: Session, draft: PolicyDraft, office: str) -> DraftContent:
    """Open a draft as the office.

    Raises:
        DoesNotOpen: it isn't what was sealed.
    """
    box = box_of(session, draft)
    assert box is not None  # noqa: S101  # A draft is only ever stored sealed in it.
    pair = open_compartment(session, box, frozenset({office}))
    kept = json.loads(box.open(pair, draft.sealed, _COLUMN))
    return DraftContent(
        proposal=Proposal.from_kept(kept["proposal"]),
        echoes=from_kept(kept),
        answers=kept_answers(kept["answers"]),
        writers=frozenset(kept["writers"]),
        sent_back_because=kept["sent_back_because"],
    )


def box_of(session: Session, draft: PolicyDraft) -> Compartment | None:
    """The compartment of a draft."""
    return session.scalars(
        select(Compartment).where(Compartment.label == draft.label, Compartment.name == _NAME)
    ).first()
