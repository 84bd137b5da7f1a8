"""Loading a campaign folder: everything is checked first, then only what differs is written.

A folder can be loaded again at any time. Codes are never taken away, and who was in charge on a
past day stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.campaign.calendar_date import CalendarDate
from portal.campaign.campaign import Campaign
from portal.campaign.clock_rule import ClockRule
from portal.campaign.policy import Policy
from portal.campaign.policy_version import PolicyVersion
from portal.campaign.responsibility import Responsibility
from portal.foundation import clock
from portal.foundation.calendar_loading import load_known_years
from portal.foundation.refusal import Problem
from portal.foundation.workdays import CalendarDay
from portal.loading.bad_campaign import BadCampaign, Row
from portal.loading.campaign_files import CampaignFiles, read_campaign
from portal.loading.policy_changes import PolicyChanges, compare_policies
from portal.loading.responsibility_changes import Changes, compare
from portal.loading.sheets import CLOCKS, CODED, POLICIES, RESPONSIBILITIES, UNITS
from portal.loading.storing import apply, numbered, replace, store_policies, upsert
from portal.published.notice import Notice
from portal.published.policy_releasing import histories_of

_NOUNS = {
    "units.csv": "unit",
    "places.csv": "place",
    "problem_types.csv": "problem type",
    "policies.csv": "policy",
}


@dataclass(frozen=True)
class Loaded:
    """What loading did: the rows in each file, and how many records it added, changed, ended or
    removed. `left_alone`: the policies that read otherwise in the folder, but belong to the office
    since it changed them."""

    code: str
    revision: int
    rows: Mapping[str, int]
    changes: Mapping[str, int]
    left_alone: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything at all is different now."""
        return any(self.changes.values())

    def __str__(self) -> str:
        rows = ", ".join(f"{number} in {file}" for file, number in self.rows.items())
        what = f"{sum(self.changes.values())} changes" if self.changed else "nothing changed"
        kept = f"; left as the office has them: {', '.join(self.left_alone)}"
        report = f"{self.code}, revision {self.revision}: {rows}; {what}"
        return report + (kept if self.left_alone else "")


def load(session: Session, folder: Path) -> Loaded:
    """Load a campaign folder into the database.

    Raises:
        BadCampaign: something is wrong; its text has a line for each problem, and nothing was
        changed.
    """
    files = read_campaign(folder)
    responsibilities = _responsibility_changes(session, files)
    policies = _policy_changes(session, files)
    problems = [*_other_campaign(session, files)] or [
        *_dropped(session, files),
        *policies.problems,
        *responsibilities.problems,
    ]
    if problems:
        raise BadCampaign(problems)
    changes = _store(session, files, policies, responsibilities)
    campaign = _renew_campaign(session, files, changes)
    rows = {file: len(found) for file, found in files.tables.items()}
    rows |= {"notices": len(files.notices)}
    left_alone = tuple(policies.left_alone)
    return Loaded(campaign.code, campaign.revision, rows, changes, left_alone)


def _other_campaign(session: Session, files: CampaignFiles) -> Iterator[Problem]:
    running = session.scalar(select(Campaign.code))
    wanted = files.manifest.campaign
    if running is not None and running != wanted["code"]:
        yield wanted.problem(f"this database runs {running}; another campaign needs its own")


def _dropped(session: Session, files: CampaignFiles) -> Iterator[Problem]:
    for sheet in CODED:
        there = {row["code"] for row in files.tables[sheet.file]}
        noun = _NOUNS[sheet.file]
        # What the office itself added stands in no folder.
        added = _added_by_the_office(session) if noun == "policy" else frozenset()
        plural = "policies are" if noun == "policy" else f"{noun}s are"
        for code in session.scalars(select(sheet.record.__table__.c.code)):
            if code not in there | added:
                what = (
                    f"the {noun} {code} was dropped; {plural} never deleted, "
                    "end its responsibilities instead"
                )
                yield Problem(sheet.file, None, what)


def _added_by_the_office(session: Session) -> frozenset[str]:
    firsts = select(PolicyVersion.policy_code).where(
        PolicyVersion.number == 1, PolicyVersion.released_by.is_not(None)
    )
    return frozenset(session.scalars(firsts))


def _policy_changes(session: Session, files: CampaignFiles) -> PolicyChanges:
    kept = {one.code: one for one in session.scalars(select(Policy))}
    histories = {c: one for c, one in histories_of(session, kept).items() if one.versions}
    return compare_policies(kept, histories, files.tables[POLICIES.file], clock.today())


def _responsibility_changes(session: Session, files: CampaignFiles) -> Changes:
    kept = session.scalars(select(Responsibility).order_by(Responsibility.id)).all()
    names = {row["code"]: row["name"] for row in files.tables[UNITS.file]}
    return compare(kept, files.tables[RESPONSIBILITIES.file], names, clock.today())


def _store(
    session: Session, files: CampaignFiles, policies: PolicyChanges, responsibilities: Changes
) -> dict[str, int]:
    """Write every table in an order that foreign keys allow; how much changed, by file."""
    changes = {
        sheet.file: upsert(session, sheet.record, numbered(files.tables[sheet.file]))
        for sheet in CODED
        if sheet is not POLICIES
    }
    changes[POLICIES.file] = store_policies(session, policies)
    changes[RESPONSIBILITIES.file] = apply(session, responsibilities, clock.today())
    changes[CLOCKS.file] = replace(session, ClockRule, files.tables[CLOCKS.file], ClockRule.id)
    changes["calendar"] = replace(
        session, CalendarDate, numbered(files.manifest.dates), CalendarDate.position
    )
    changes["notices"] = upsert(session, Notice, _not_of_the_desk(session, files), key="slug")
    if session.scalar(select(CalendarDay.day).limit(1)) is None:
        changes["working days"] = load_known_years(session)
    return changes


def _not_of_the_desk(session: Session, files: CampaignFiles) -> list[Row]:
    """The notices that the files may change: what the office wrote or withdrew itself stays so."""
    written = set(session.scalars(select(Notice.slug).where(Notice.from_desk)))
    return [row for row in files.notices if row["slug"] not in written]


def _renew_campaign(session: Session, files: CampaignFiles, changes: dict[str, int]) -> Campaign:
    values = files.manifest.campaign.values
    campaign = session.get(Campaign, 1)
    if campaign is None:
        campaign = Campaign(id=1, revision=0, book_revision=0, loaded_at=clock.now(), **values)
        session.add(campaign)
        changes["campaign.toml"] = 1
    else:
        differing = {name: v for name, v in values.items() if getattr(campaign, name) != v}
        for name, value in differing.items():
            setattr(campaign, name, value)
        changes["campaign.toml"] = int(bool(differing))
    if any(changes.values()):
        campaign.revision += 1
        campaign.book_revision += 1
        campaign.loaded_at = clock.now()
    session.flush()
    return campaign
