"""The templates of the annexes in the office's hands: what stands now, what stood before, writing
one anew. Until the first time it is the product's own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.annexes.annex_template import AnnexTemplate
from admin.annexes.columns import Annex
from admin.annexes.layout import Layout
from intake.cases.event import record
from portal.campaign.book import Book
from portal.campaign.unit import Unit
from portal.foundation import clock


class TemplateChanged(Exception):
    """A colleague wrote it anew meanwhile; the writer keeps what he typed and looks again."""


class BadLayout(ValueError):
    """A template can't be kept so; `faults` says why, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(len(faults))
        self.faults = faults


@dataclass(frozen=True)
class Template:
    """A template as it stands; its revision is 0 while it is the product's own."""

    layout: Layout
    revision: int


def template_of(session: Session, annex: Annex) -> Template:
    """What an annex looks like now."""
    latest = next(iter(revisions_of(session, annex)), None)
    if latest is None:
        return Template(Layout.shipped(annex), 0)
    kept = Layout.kept(annex, latest.title, latest.foot, latest.columns)
    return Template(kept, latest.revision)


def revisions_of(session: Session, annex: Annex) -> list[AnnexTemplate]:
    """Everything that it ever looked like, the latest first."""
    wanted = select(AnnexTemplate).where(AnnexTemplate.annex == annex)
    return list(session.scalars(wanted.order_by(AnnexTemplate.revision.desc())))


def revise(
    session: Session, book: Book, annex: Annex, layout: Layout, *, seen: int, by: int
) -> None:
    """Lay an annex out anew. `seen` is the revision that its writer saw.

    Raises:
        BadLayout, TemplateChanged: see there.
    """
    faults = list(layout.faults(annex))
    if faults:
        raise BadLayout(faults)
    # The office's own row is held, so that of two at once the later sees the earlier.
    office = select(Unit.code).where(Unit.code == book.campaign.office_code)
    session.execute(office.with_for_update(key_share=True))
    if template_of(session, annex).revision != seen:
        raise TemplateChanged(annex)
    session.add(
        AnnexTemplate(
            annex=annex,
            revision=seen + 1,
            title=layout.title,
            foot=layout.foot,
            columns=layout.to_keep,
            written_by=by,
            written_at=clock.now(),
        )
    )
    record(session, "annex_template_changed", by=by, annex=annex, revision=seen + 1)
    session.flush()
