"""The office's reply templates: which there are, writing one and writing it anew, retiring one and
offering it again, counting how often each is used. Every revision is kept.

What the product brings along becomes a row with its first change or use; until then it is the
product's file.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.reply_templates.reply_template import (
    ReplyTemplate,
    ReplyTemplateRevision,
    ReplyTemplateUse,
)
from admin.reply_templates.shipped import shipped
from admin.reply_templates.wording import Wording
from intake.cases.case import Case
from intake.cases.event import record
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.unit import Unit
from portal.foundation import clock

_KEY_BYTES = 4


class NoSuchReplyTemplate(LookupError):
    """There is no template of that key."""


class TemplateChanged(Exception):
    """A colleague wrote it anew meanwhile; the writer keeps his words and looks again."""


class BadWording(ValueError):
    """A template can't be kept so; `faults` says why, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(len(faults))
        self.faults = faults


@dataclass(frozen=True)
class Template:
    """A template as it is now. `is_shipped`: the product brought it along, and the office never
    wrote it anew."""

    key: str
    wording: Wording
    revision: int
    is_retired: bool
    is_shipped: bool


def all_templates(session: Session) -> list[Template]:
    """Every template, the product's own first."""
    rows = session.execute(_latest())
    kept = {template.key: _view(template, latest) for template, latest in rows}
    brought = [kept.pop(key, _untouched(key)) for key in shipped()]
    return [*brought, *kept.values()]


def offered_for(session: Session, kind: Kind) -> list[Template]:
    """The templates with which a case of a kind can be answered."""
    found = all_templates(session)
    return [one for one in found if kind in one.wording.kinds and not one.is_retired]


def find_template(session: Session, key: str) -> Template:
    """The template of a key.

    Raises:
        NoSuchReplyTemplate: see there.
    """
    row = session.execute(_latest().where(ReplyTemplate.key == key)).first()
    if row is not None:
        return _view(row[0], row[1])
    if key not in shipped():
        raise NoSuchReplyTemplate(key)
    return _untouched(key)


def revisions_of(session: Session, key: str) -> list[ReplyTemplateRevision]:
    """Everything that a template ever said, the latest first."""
    wanted = (
        select(ReplyTemplateRevision)
        .join(ReplyTemplate, ReplyTemplate.id == ReplyTemplateRevision.template_id)
        .where(ReplyTemplate.key == key)
    )
    return list(session.scalars(wanted.order_by(ReplyTemplateRevision.revision.desc())))


def add_template(session: Session, wording: Wording, *, by: int) -> str:
    """Write a new template; returns its key.

    Raises:
        BadWording: see there.
    """
    _check(wording)
    added = ReplyTemplate(key=f"MB{secrets.token_hex(_KEY_BYTES).upper()}")
    session.add(added)
    session.flush()
    _keep(session, added, 1, wording, by=by)
    return added.key


def revise(session: Session, book: Book, key: str, wording: Wording, *, seen: int, by: int) -> None:
    """Write a template anew. `seen` is the revision that its writer saw.

    Raises:
        NoSuchReplyTemplate, TemplateChanged, BadWording: see there.
    """
    _check(wording)
    _keep(session, _held(session, book, key, seen), seen + 1, wording, by=by)


def retire(session: Session, book: Book, key: str, *, seen: int, by: int) -> None:
    """Offer a template to nobody any more (停用); its revisions stay.

    Raises:
        NoSuchReplyTemplate, TemplateChanged: see there.
    """
    template = _held(session, book, key, seen)
    template.retired_at = clock.now()
    record(session, "reply_template_retired", by=by, template=key)


def restore(session: Session, book: Book, key: str, *, seen: int, by: int) -> None:
    """Offer a retired template again.

    Raises:
        NoSuchReplyTemplate, TemplateChanged: see there.
    """
    template = _held(session, book, key, seen)
    template.retired_at = None
    record(session, "reply_template_restored", by=by, template=key)


def note_use(session: Session, book: Book, case: Case, key: str) -> None:
    """Count that a draft of a case began with a template; one that isn't there counts nothing."""
    try:
        template = _row(session, book, key)
    except NoSuchReplyTemplate:
        return
    session.add(ReplyTemplateUse(template_id=template.id, case_id=case.id, used_at=clock.now()))


def uses(session: Session, access: Access) -> Mapping[str, int]:
    """How often each template was used, as far as this person sees the cases: what is kept from
    him moves no number of his."""
    counted = (
        select(ReplyTemplate.key, func.count(ReplyTemplateUse.id))
        .join(ReplyTemplateUse, ReplyTemplateUse.template_id == ReplyTemplate.id)
        .join(Case, Case.id == ReplyTemplateUse.case_id)
        .where(visible(access))
        .group_by(ReplyTemplate.key)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def _latest() -> Select[ReplyTemplate, ReplyTemplateRevision]:
    latest = (
        select(
            ReplyTemplateRevision.template_id,
            func.max(ReplyTemplateRevision.revision).label("revision"),
        )
        .group_by(ReplyTemplateRevision.template_id)
        .subquery()
    )
    return (
        select(ReplyTemplate, ReplyTemplateRevision)
        .join(ReplyTemplateRevision, ReplyTemplateRevision.template_id == ReplyTemplate.id)
        .join(
            latest,
            (latest.c.template_id == ReplyTemplateRevision.template_id)
            & (latest.c.revision == ReplyTemplateRevision.revision),
        )
        .order_by(ReplyTemplate.id)
    )


def _view(template: ReplyTemplate, latest: ReplyTemplateRevision) -> Template:
    brought = shipped().get(template.key) if latest.written_by is None else None
    said = Wording(latest.name, tuple(map(Kind, latest.kinds)), latest.text)
    return Template(
        key=template.key,
        # A newer product may bring it along in better words.
        wording=brought or said,
        revision=latest.revision,
        is_retired=template.retired_at is not None,
        is_shipped=latest.written_by is None,
    )


def _untouched(key: str) -> Template:
    return Template(key, shipped()[key], revision=1, is_retired=False, is_shipped=True)


def _held(session: Session, book: Book, key: str, seen: int) -> ReplyTemplate:
    """The row of a template as somebody saw it; nobody else writes it meanwhile."""
    template = _row(session, book, key)
    if find_template(session, key).revision != seen:
        raise TemplateChanged(key)
    return template


def _row(session: Session, book: Book, key: str) -> ReplyTemplate:
    """The row of a template; what the product brought along gets one now. The office's own row is
    held, so that of two at once the later sees the earlier."""
    office = select(Unit.code).where(Unit.code == book.campaign.office_code)
    session.execute(office.with_for_update(key_share=True))
    found = session.scalars(select(ReplyTemplate).where(ReplyTemplate.key == key)).first()
    if found is not None:
        return found
    if key not in shipped():
        raise NoSuchReplyTemplate(key)
    added = ReplyTemplate(key=key)
    session.add(added)
    session.flush()
    _keep(session, added, 1, shipped()[key], by=None)
    return added


def _keep(
    session: Session, template: ReplyTemplate, revision: int, wording: Wording, *, by: int | None
) -> None:
    session.add(
        ReplyTemplateRevision(
            template_id=template.id,
            revision=revision,
            name=wording.name,
            kinds=[kind.value for kind in wording.kinds],
            text=wording.text,
            written_by=by,
            written_at=clock.now(),
        )
    )
    session.flush()
    if by is not None:
        facts: dict[str, Any] = {"template": template.key, "revision": revision}
        record(session, "reply_template_changed", by=by, **facts)


def _check(wording: Wording) -> None:
    faults = wording.faults()
    if faults:
        raise BadWording(faults)
