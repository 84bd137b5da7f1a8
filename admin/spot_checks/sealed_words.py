"""What is typed about a spot check, and its seed, sealed: for the office alone, and what a team
writes down for the office and the team."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.files.evidence import Opened, Proof, attach, attached
from admin.spot_checks.check_entry import CheckEntry
from admin.spot_checks.check_evidence import CheckEvidence
from admin.spot_checks.check_team import CheckTeam
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.reasons import Cause, Reason
from admin.spot_checks.spot_check import OwnReason, SpotCheck
from intake.vault.compartment import Compartment, new_compartment, open_compartment

_OFFICE, _TEAM = "spot-check", "team"
_SEED, _REASON, _NOTE, _GIVEN_UP = "seed", "reason", "note", "given-up"


class OfficeBox:
    """The box of one spot check, opened by the office."""

    def __init__(self, session: Session, check: SpotCheck, office: str) -> None:
        self._box = _box(session, _label(check), _OFFICE)
        self._pair = open_compartment(session, self._box, frozenset({office}))

    def seed(self, check: SpotCheck) -> bytes:
        """The seed.

        Raises:
            DoesNotOpen: it isn't what was sealed.
        """
        return bytes.fromhex(self._box.open(self._pair, check.seed or b"", _SEED))

    def given_up(self, check: SpotCheck) -> str:
        """Why it is proposed to give it up."""
        return self._box.open(self._pair, check.give_up_why or b"", _GIVEN_UP)

    def own_reasons(self, rows: Iterable[OwnReason]) -> dict[int, Reason]:
        """The office's own reasons, by their ids."""
        found = {}
        for row in rows:
            [one] = _unpacked(row.unit_code, self._open(row.sealed, row.unit_code))
            found[row.id] = one
        return found

    def reasons(self, unit: CheckedUnit) -> list[Reason]:
        """The reasons that a unit was frozen with."""
        return _unpacked(unit.unit_code, self._open(unit.sealed, unit.unit_code))

    def _open(self, sealed: bytes, unit: str) -> str:
        return self._box.open(self._pair, sealed, f"{_REASON}|{unit}")


def make_office_box(session: Session, check: SpotCheck, office: str) -> None:
    """Make the box of a new spot check."""
    new_compartment(session, label=_label(check), name=_OFFICE, holders=frozenset({office}))
    session.flush()


def seal_seed(session: Session, check: SpotCheck, seed: bytes) -> bytes:
    """Seal the seed until it is revealed."""
    return _box(session, _label(check), _OFFICE).seal(seed.hex(), _SEED)


def seal_given_up(session: Session, check: SpotCheck, why: str) -> bytes:
    """Seal why a spot check is to be given up, until it is published."""
    return _box(session, _label(check), _OFFICE).seal(why.strip(), _GIVEN_UP)


def seal_reasons(
    session: Session, check: SpotCheck, units: dict[str, Sequence[Reason]]
) -> dict[str, bytes]:
    """Seal the reasons of each unit."""
    box = _box(session, _label(check), _OFFICE)
    return {code: box.seal(_packed(those), f"{_REASON}|{code}") for code, those in units.items()}


def make_team_box(session: Session, team: CheckTeam, holders: frozenset[str]) -> None:
    """Make the box of a new team, for the office and the units that its members serve."""
    new_compartment(session, label=_team_label(team.id), name=_TEAM, holders=holders)
    session.flush()


def keep_note(session: Session, entry: CheckEntry, note: Proof) -> None:
    """Store an entry with what its team writes down, sealed, and the files that come with it."""
    box = _box(session, _team_label(entry.team_id), _TEAM)
    entry.sealed = box.seal(note.words.strip(), _NOTE)
    session.add(entry)
    session.flush()
    attach(session, CheckEvidence, entry.id, note.files, box=box)


def notes(
    session: Session, entries: Sequence[CheckEntry], units: frozenset[str]
) -> dict[int, Proof]:
    """The notes of some entries by their ids, with their files, opened as one of some units.

    Raises:
        NotAHolder: a team's box isn't theirs.
    """
    teams: dict[int, Opened] = {}
    for team_id in {one.team_id for one in entries}:
        box = _box(session, _team_label(team_id), _TEAM)
        teams[team_id] = box, open_compartment(session, box, units)
    opened = {one.id: teams[one.team_id] for one in entries}
    files = attached(session, CheckEvidence, opened)
    return {
        one.id: Proof(
            opened[one.id][0].open(opened[one.id][1], one.sealed, _NOTE), files.get(one.id, ())
        )
        for one in entries
    }


def _packed(reasons: Sequence[Reason]) -> str:
    return json.dumps([[one.cause.value, one.words] for one in reasons], ensure_ascii=False)


def _unpacked(unit: str, text: str) -> list[Reason]:
    return [Reason(unit, Cause(cause), words) for cause, words in json.loads(text)]


def _box(session: Session, label: str, name: str) -> Compartment:
    wanted = select(Compartment).where(Compartment.label == label, Compartment.name == name)
    return session.scalars(wanted).one()


def _label(check: SpotCheck) -> str:
    return f"spot-check:{check.number}"


def _team_label(team_id: int) -> str:
    return f"spot-check-team:{team_id}"
