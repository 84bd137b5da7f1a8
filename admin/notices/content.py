"""What stands in a draft of a notice, sealed for the office."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.notices.notice_draft import NoticeDraft
from admin.publishing.echoes import as_kept, from_kept
from admin.publishing.located import Answer, answers_as_kept, kept_answers
from intake.attachments.stored_file import StoredFile
from intake.vault.compartment import Compartment, new_compartment, open_compartment

_NAME, _COLUMN = "publishing", "draft"
_PARTS = ("title", "source", "summary", "body", "finding_body", "document_number")


@dataclass(frozen=True, kw_only=True)
class NoticeText:
    """What the public will read of a notice. `summary` is a plain sentence a line, `body` Markdown;
    of a typical case, who found it and in which document."""

    title: str
    source: str
    summary: str
    body: str
    finding_body: str = ""
    document_number: str = ""
    files: tuple[StoredFile, ...] = ()

    @property
    def parts(self) -> dict[str, str]:
        """Each text by its name."""
        return {name: getattr(self, name) for name in _PARTS}

    @property
    def file_names(self) -> str:
        """What its files will be called, a line each."""
        return "\n".join(one.file_name for one in self.files)


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that a draft holds. `note` tells the public what changed, `before` is what it replaces;
    `echoes` are passages that repeat words of cases, by their part; `writers` had a hand in it."""

    text: NoticeText
    note: str
    before: NoticeText | None = None
    echoes: tuple[tuple[str, str], ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    writers: frozenset[int] = frozenset()
    sent_back_because: str = ""

    @property
    def to_check(self) -> dict[str, str]:
        """Every text that the public will read, by its name."""
        return {**self.text.parts, "note": self.note, "files": self.text.file_names}

    def with_writer(self, staff_id: int) -> Content:
        """The same with one more writer."""
        return replace(self, writers=self.writers | {staff_id})


def seal(session: Session, draft: NoticeDraft, content: Content, office: str) -> None:
    """Seal what a draft holds for the office."""
    box = _box(session, draft) or new_compartment(
        session, label=draft.label, name=_NAME, holders=frozenset({office})
    )
    draft.sealed = box.seal(json.dumps(_to_json(content), ensure_ascii=False), _COLUMN)


def unseal(session: Session, draft: NoticeDraft, office: str) -> Content:
    """Open a draft as the office.

    Raises:
        DoesNotOpen: it isn't what was sealed.
    """
    box = _box(session, draft)
    assert box is not None  # noqa: S101  # A draft is only ever stored sealed in it.
    pair = open_compartment(session, box, frozenset({office}))
    return _from_json(json.loads(box.open(pair, draft.sealed, _COLUMN)))


def _box(session: Session, draft: NoticeDraft) -> Compartment | None:
    return session.scalars(
        select(Compartment).where(Compartment.label == draft.label, Compartment.name == _NAME)
    ).first()


def _to_json(content: Content) -> dict[str, Any]:
    return {
        "text": _text_to_json(content.text),
        "note": content.note,
        "before": _text_to_json(content.before) if content.before else None,
        "echoes": as_kept(content.echoes),
        "answers": answers_as_kept(content.answers),
        "writers": sorted(content.writers),
        "sent_back_because": content.sent_back_because,
    }


def _from_json(kept: dict[str, Any]) -> Content:
    return Content(
        text=_text_from_json(kept["text"]),
        note=kept["note"],
        before=_text_from_json(kept["before"]) if kept["before"] else None,
        echoes=from_kept(kept),
        answers=kept_answers(kept["answers"]),
        writers=frozenset(kept["writers"]),
        sent_back_because=kept["sent_back_because"],
    )


def _text_to_json(text: NoticeText) -> dict[str, Any]:
    return {**text.parts, "files": [one.to_text() for one in text.files]}


def _text_from_json(kept: dict[str, Any]) -> NoticeText:
    files = tuple(StoredFile.from_text(one) for one in kept["files"])
    return NoticeText(**{name: kept[name] for name in _PARTS}, files=files)
