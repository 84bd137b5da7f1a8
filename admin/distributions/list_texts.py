"""What a draft of a list holds, sealed for the office: what was typed, the masked rows, and the
answers to what was found in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.distributions.distribution_draft import DistributionDraft
from admin.distributions.list_reading import ListRow
from admin.publishing.echoes import as_kept, from_kept
from admin.publishing.located import Answer, answers_as_kept, kept_answers
from intake.vault.compartment import Compartment, new_compartment, open_compartment

_NAME, _COLUMN = "publishing", "list"
# Where a text of a list stands: above it, or in its rows.
LIST, ROWS = "list", "rows"


@dataclass(frozen=True, kw_only=True)
class ListTexts:
    """Everything of a draft. `people` and `amount` (yuan) are the sums of the rows, or stand alone
    where only sums are published. `starts_on` is the first day to show it, or None for the day of
    the release; `days` is for how long. `echoes` are passages that repeat words
    of cases, `writers` had a hand in it."""

    paid_from: date
    paid_to: date
    standard: str
    telephone: str
    starts_on: date | None
    days: int
    people: int
    amount: Decimal
    columns: tuple[str, ...] = ()
    rows: tuple[ListRow, ...] = ()
    echoes: tuple[tuple[str, str], ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    writers: frozenset[int] = frozenset()
    sent_back_because: str = ""

    def with_writer(self, staff_id: int) -> ListTexts:
        """The same with one more writer."""
        return replace(self, writers=self.writers | {staff_id})

    def with_rows_of(self, other: ListTexts) -> ListTexts:
        """The same with the rows, columns and sums of another."""
        return replace(
            self,
            rows=other.rows,
            columns=other.columns,
            people=other.people,
            amount=other.amount,
        )

    @property
    def to_check(self) -> Iterator[tuple[str, str]]:
        """Every text that somebody typed freely, with where it stands; all else is chosen, counted
        or masked. Thousands of rows have few standards: each is looked at once, and no name at all,
        of which a star has left two letters."""
        yield LIST, self.standard
        for standard in dict.fromkeys(row.standard for row in self.rows):
            yield ROWS, standard

    @property
    def without_rows(self) -> ListTexts:
        """The same after its release: the rows stand on the public site and nowhere else."""
        return replace(self, rows=())


def store(session: Session, draft: DistributionDraft, texts: ListTexts, office: str) -> None:
    """Seal a draft's content for the office."""
    box = _box(session, draft) or new_compartment(
        session, label=draft.label, name=_NAME, holders=frozenset({office})
    )
    draft.sealed = box.seal(json.dumps(_plain(texts), ensure_ascii=False), _COLUMN)
    session.flush()


def unseal(session: Session, draft: DistributionDraft, office: str) -> ListTexts:
    """Open a draft as the office. It has to be one that still holds something.

    Raises:
        DoesNotOpen: it isn't what was sealed.
    """
    box = _box(session, draft)
    assert box is not None  # noqa: S101  # A draft is only ever stored sealed in it.
    assert draft.sealed is not None  # noqa: S101  # Its key would be gone, too.
    pair = open_compartment(session, box, frozenset({office}))
    return _read(json.loads(box.open(pair, draft.sealed, _COLUMN)))


def destroy(session: Session, draft: DistributionDraft) -> None:
    """Let a draft's content and its key go for good."""
    draft.sealed = None
    box = _box(session, draft)
    if box is not None:
        session.delete(box)
    session.flush()


def _plain(texts: ListTexts) -> dict[str, Any]:
    return {
        "paid_from": texts.paid_from.isoformat(),
        "paid_to": texts.paid_to.isoformat(),
        "standard": texts.standard,
        "telephone": texts.telephone,
        "starts_on": texts.starts_on.isoformat() if texts.starts_on else None,
        "days": texts.days,
        "people": texts.people,
        "amount": str(texts.amount),
        "columns": list(texts.columns),
        "rows": [
            [row.name, row.community, row.people, row.standard, str(row.amount)]
            for row in texts.rows
        ],
        "echoes": as_kept(texts.echoes),
        "answers": answers_as_kept(texts.answers),
        "writers": sorted(texts.writers),
        "sent_back_because": texts.sent_back_because,
    }


def _read(content: dict[str, Any]) -> ListTexts:
    starts_on = content["starts_on"]
    return ListTexts(
        paid_from=date.fromisoformat(content["paid_from"]),
        paid_to=date.fromisoformat(content["paid_to"]),
        standard=content["standard"],
        telephone=content["telephone"],
        starts_on=date.fromisoformat(starts_on) if starts_on else None,
        days=content["days"],
        people=content["people"],
        amount=Decimal(content["amount"]),
        columns=tuple(content["columns"]),
        rows=tuple(
            ListRow(name, community, people, standard, Decimal(amount))
            for name, community, people, standard, amount in content["rows"]
        ),
        echoes=from_kept(content),
        answers=kept_answers(content["answers"]),
        writers=frozenset(content["writers"]),
        sent_back_because=content["sent_back_because"],
    )


def _box(session: Session, draft: DistributionDraft) -> Compartment | None:
    return session.scalars(
        select(Compartment).where(Compartment.label == draft.label, Compartment.name == _NAME)
    ).first()
