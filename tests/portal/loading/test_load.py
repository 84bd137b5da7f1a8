"""Loading a campaign folder: what is stored, what a second loading changes, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.orm import Session

from portal.campaign.book import book
from portal.campaign.calendar_date import CalendarDate
from portal.campaign.campaign import Campaign
from portal.campaign.policy import Policy
from portal.campaign.responsibility import Responsibility
from portal.campaign.return_rule import ReturnRule
from portal.campaign.revision import new_book_revision
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.database import Base
from portal.foundation.staff import Staff
from portal.loading.bad_campaign import BadCampaign
from portal.loading.load import load
from portal.published.notice import Notice
from tests.portal.loading.small_campaign import FILES, spoil, write
from tests.portal.loading.test_bad_campaigns import RETURNS

CAMPAIGNS = Path(__file__).parents[3] / "campaigns"
JUNE_1 = datetime(2022, 6, 1, 2, tzinfo=UTC)
JULY_1 = datetime(2022, 7, 1, 2, tzinfo=UTC)
JULY = date(2022, 7, 1)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA foreign_keys = ON").close())
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path)


def refused(session: Session, folder: Path) -> str:
    """The text of the refusal; nothing at all may have been written."""
    with pytest.raises(BadCampaign) as caught:
        load(session, folder)
    assert not session.dirty
    assert not session.new
    return str(caught.value)


def in_charge(session: Session) -> list[tuple[str, date, date | None]]:
    rows = session.scalars(select(Responsibility).order_by(Responsibility.id))
    return [(row.unit_code, row.valid_from, row.valid_to) for row in rows]


def test_a_first_loading_stores_everything(session: Session, folder: Path) -> None:
    loaded = load(session, folder)

    assert (loaded.code, loaded.revision, loaded.changed) == ("little-2022", 1, True)
    assert loaded.rows["units.csv"] == 9
    campaign = session.scalars(select(Campaign)).one()
    assert (campaign.case_prefix, campaign.office_code) == ("XQ", "BGS")
    assert campaign.scope["excluded"] == []
    assert campaign.routing["hints"] == {"MZ01": ["困难户"]}
    assert campaign.routing["ages"] == [{"need": "困难家庭", "from": 60, "to": 99}]
    office = session.get_one(Unit, "BGS")
    assert (office.aliases, office.desk, office.position) == (["办公室", "监督科"], True, 1)
    assert session.get_one(Unit, "QZF").parent_code is None
    assert session.get_one(CalendarDate, "monthly_return").monthly_day == 20
    assert session.get_one(Policy, "MZ01").checked_on == date(2025, 4, 19)
    assert "<h2>总则</h2>" in session.get_one(Notice, "work-plan").body_html


def test_the_calendar_is_filled_with_the_first_loading(session: Session, folder: Path) -> None:
    load(session, folder)

    calendar = book(session).calendar
    assert calendar.known_to == date(2026, 12, 31)
    assert calendar.is_working(date(2022, 10, 8))


def test_loading_the_same_folder_again_changes_nothing(session: Session, folder: Path) -> None:
    load(session, folder)
    again = load(session, folder)

    assert (again.revision, again.changed) == (1, False)
    assert str(again).endswith("nothing changed")


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("units.csv", "收件分件", "收件、分件、督办"),
        ("policies.csv", "第一次创业", "头一次创业"),
        ("clocks.csv", "accepted,60", "accepted,50"),
        ("campaign.toml", "day = 20", "day = 21"),
        ("campaign.toml", '"工作日"', '"每天"'),
        ("notices/work-plan.md", "第一条。", "第一条，第二条。"),
        ("responsibilities.csv", "四(四)", "四(五)"),
    ],
)
def test_any_change_makes_one_new_revision(
    session: Session, folder: Path, file: str, before: str, after: str
) -> None:
    load(session, folder)
    spoil(folder, file, before, after)

    with clock.stopped_at(JULY_1):
        loaded = load(session, folder)

    assert (loaded.revision, loaded.changed) == (2, True)
    assert session.scalars(select(Campaign)).one().loaded_at == JULY_1
    assert not load(session, folder).changed


def test_recipients_are_kept_with_the_rule_of_returns(session: Session, folder: Path) -> None:
    """As an optional column of units.csv, of whichever units it is known."""
    manifest, units = folder / "campaign.toml", folder / "units.csv"
    manifest.write_text(manifest.read_text().replace("[lines]", f"{RETURNS}\n[lines]"))
    load(session, folder)
    campaign = session.scalars(select(Campaign)).one()
    rule = ReturnRule.of(campaign.returns)
    assert rule is not None
    assert rule.recipients == {}
    head, *rows = units.read_text().splitlines()
    numbers = {"MZ": "0", "ST01": "1820"}
    rows = [f"{row},{numbers.get(row.split(',')[0], '')}" for row in rows]
    units.write_text("\n".join([f"{head},recipients", *rows]))
    assert load(session, folder).changes["campaign.toml"] == 1
    assert not load(session, folder).changed
    rule = ReturnRule.of(campaign.returns)
    assert rule is not None
    assert rule.recipients == {"MZ": 0, "ST01": 1820}
    units.write_text(units.read_text().replace("1820", "许多"))
    assert "units.csv:7: recipients: “许多” is not a whole number" in refused(session, folder)


def test_two_units_may_swap_their_names(session: Session, folder: Path) -> None:
    load(session, folder)
    spoil(folder, "units.csv", "MZ,区民政局", "MZ,区人力资源局")
    spoil(folder, "units.csv", "RS,区人力资源局", "RS,区民政局")

    load(session, folder)

    assert session.get_one(Unit, "RS").name == "区民政局"


def test_windows_files_with_a_mark_are_read(session: Session, folder: Path) -> None:
    for name, text in FILES.items():
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert load(session, folder).rows["policies.csv"] == 2


def test_a_responsibility_gone_from_the_table_ends_with_yesterday(
    session: Session, folder: Path
) -> None:
    with clock.stopped_at(JUNE_1):
        load(session, folder)
    spoil(folder, "responsibilities.csv", "RS01,,,,,RS,四(二),2022-05-31,\n", "")
    with clock.stopped_at(JULY_1):
        load(session, folder)
        assert load(session, folder).changed is False

    rows = in_charge(session)
    assert rows[1] == ("RS", date(2022, 5, 31), date(2022, 6, 30))
    assert len(rows) == 3


def test_another_unit_takes_over_and_history_stays(session: Session, folder: Path) -> None:
    with clock.stopped_at(JUNE_1):
        load(session, folder)
    spoil(
        folder, "responsibilities.csv", "RS01,,,,,RS,四(二),2022-05-31", "RS01,,,,,MZ,改,2022-07-01"
    )
    with clock.stopped_at(JULY_1):
        load(session, folder)

    rows = in_charge(session)
    assert rows[1] == ("RS", date(2022, 5, 31), date(2022, 6, 30))
    assert rows[3] == ("MZ", date(2022, 7, 1), None)


def test_history_is_never_rewritten(session: Session, folder: Path) -> None:
    with clock.stopped_at(JUNE_1):
        load(session, folder)
    spoil(folder, "responsibilities.csv", "RS01,,,,,RS,", "RS01,,,,,MZ,")
    with clock.stopped_at(JULY_1):
        text = refused(session, folder)

    assert text == (
        "responsibilities.csv:3: 区人力资源局 was in charge of this cell until 2022-06-30, "
        "which can't be rewritten; let the row begin on 2022-07-01 or later"
    )


def test_an_end_may_be_set_from_yesterday_on_only(session: Session, folder: Path) -> None:
    with clock.stopped_at(JUNE_1):
        load(session, folder)
    spoil(
        folder, "responsibilities.csv", "RS,四(二),2022-05-31,", "RS,四(二),2022-05-31,2022-06-29"
    )
    with clock.stopped_at(JULY_1):
        assert "was in force until 2022-06-30" in refused(session, folder)
        spoil(folder, "responsibilities.csv", "2022-06-29", "2022-06-30")
        load(session, folder)

    assert in_charge(session)[1] == ("RS", date(2022, 5, 31), date(2022, 6, 30))


def test_a_row_that_never_held_goes_away(session: Session, folder: Path) -> None:
    spoil(folder, "responsibilities.csv", "RS,四(二),2022-05-31", "RS,四(二),2022-08-01")
    with clock.stopped_at(JULY_1):
        load(session, folder)
        spoil(folder, "responsibilities.csv", "RS01,,,,,RS,四(二),2022-08-01,\n", "")
        load(session, folder)

    assert len(in_charge(session)) == 2


@pytest.mark.parametrize(
    ("file", "line", "what"),
    [
        (
            "units.csv",
            "RS,区人力资源局",
            "units.csv: the unit RS was dropped; units are never deleted",
        ),
        ("places.csv", "420001001001,", "places.csv: the place 420001001001 was dropped"),
        ("problem_types.csv", "1.2,", "problem_types.csv: the problem type 1.2 was dropped"),
        ("policies.csv", "RS01,", "policies.csv: the policy RS01 was dropped; policies are never"),
    ],
)
def test_codes_never_go_away(
    session: Session, folder: Path, file: str, line: str, what: str
) -> None:
    load(session, folder)
    for name in {file, "policies.csv", "responsibilities.csv"}:
        kept = [one for one in FILES[name].splitlines(True) if not one.startswith((line, "RS01,"))]
        (folder / name).write_text("".join(kept), encoding="utf-8")

    assert what in refused(session, folder)


def test_another_campaign_needs_its_own_database(session: Session, folder: Path) -> None:
    load(session, folder)
    spoil(folder, "campaign.toml", "little-2022", "other-2022")

    text = refused(session, folder.rename(folder.parent / "other-2022"))

    assert text == ("campaign.toml: this database runs little-2022; another campaign needs its own")


def test_a_new_calendar_makes_a_new_revision(session: Session, folder: Path) -> None:
    assert new_book_revision(session) == 0
    load(session, folder)
    assert new_book_revision(session) == 2


@pytest.mark.parametrize("code", ["jianghan-2022", "caidian-cdpf-2022"])
def test_both_campaigns_load(session: Session, code: str) -> None:
    loaded = load(session, CAMPAIGNS / code)

    assert loaded.rows["problem_types.csv"] == 14
    assert session.scalar(select(func.count()).select_from(Policy)) == loaded.rows["policies.csv"]
    assert not load(session, CAMPAIGNS / code).changed


def decide(session: Session, **cells: object) -> Responsibility:
    """A row that the office added in the browser."""
    values = dict.fromkeys(("policy_code", "problem_code", "place_code", "kind", "actor"))
    row = Responsibility(
        **{**values, **cells}, basis="三定方案", added_by=somebody(session), added_at=clock.now()
    )
    session.add(row)
    session.flush()
    return row


def somebody(session: Session) -> int:
    person = Staff(name="chen", display_name="陈", created_at=clock.now())
    session.add(person)
    session.flush()
    return person.id


def test_a_row_that_the_office_added_is_left_alone(session: Session, folder: Path) -> None:
    with clock.stopped_at(JUNE_1):
        load(session, folder)
        decide(session, policy_code="MZ01", problem_code="1.2", unit_code="RS", valid_from=JULY)
    with clock.stopped_at(JULY_1):
        assert load(session, folder).changed is False

    assert in_charge(session)[-1] == ("RS", JULY, None)


def test_a_row_that_the_office_ended_is_not_revived(session: Session, folder: Path) -> None:
    with clock.stopped_at(JUNE_1):
        load(session, folder)
        row = session.scalars(select(Responsibility).where(Responsibility.unit_code == "RS")).one()
        row.valid_to, row.ended_by = date(2022, 6, 30), somebody(session)
        session.flush()
        assert load(session, folder).changed is False
    with clock.stopped_at(JULY_1):
        assert load(session, folder).changed is False
        spoil(folder, "responsibilities.csv", "RS01,,,,,RS,四(二),2022-05-31,\n", "")
        assert load(session, folder).changed is False

    assert row.valid_to == date(2022, 6, 30)


def test_what_contradicts_the_office_is_refused_with_its_line(
    session: Session, folder: Path
) -> None:
    with clock.stopped_at(JUNE_1):
        load(session, folder)
        decide(session, policy_code="MZ01", problem_code="1.2", unit_code="RS", valid_from=JULY)
        rows = "MZ01,1.2,,,,MZ,四(二),2022-06-01,\n"
        spoil(folder, "responsibilities.csv", "RS01,,,,,RS", f"{rows}RS01,,,,,RS")

        text = refused(session, folder)

    assert "responsibilities.csv:3: the office decided in the browser that 区人力资源局" in text


def test_what_agrees_with_the_office_is_taken(session: Session, folder: Path) -> None:
    """The office's table, exported into the folder, is the same table."""
    with clock.stopped_at(JUNE_1):
        load(session, folder)
        decide(session, policy_code="MZ01", problem_code="1.2", unit_code="RS", valid_from=JULY)
        rows = "MZ01,1.2,,,,RS,三定方案,2022-07-01,\n"
        spoil(folder, "responsibilities.csv", "RS01,,,,,RS", f"{rows}RS01,,,,,RS")
        assert load(session, folder).changed is False
        spoil(folder, "responsibilities.csv", "2022-07-01,\n", "2022-07-01,2022-07-31\n")
        assert "responsibilities.csv:3" in refused(session, folder)


def test_a_row_taken_back_stands_beside_the_one_that_counts(session: Session, folder: Path) -> None:
    with clock.stopped_at(JUNE_1):
        load(session, folder)
        cells = {"policy_code": "MZ01", "problem_code": "1.2", "unit_code": "RS"}
        taken_back = decide(session, **cells, valid_from=JULY)
        taken_back.valid_to, taken_back.ended_by = date(2022, 6, 30), taken_back.added_by
        session.flush()
        rows = "MZ01,1.2,,,,RS,三定方案,2022-07-01,\n"
        spoil(folder, "responsibilities.csv", "RS01,,,,,RS", f"{rows}RS01,,,,,RS")
        assert load(session, folder).changed is False
        session.add(
            Responsibility(
                **dict.fromkeys(("place_code", "kind", "actor")),
                **cells,
                basis="三定方案",
                valid_from=JULY,
                added_by=taken_back.added_by,
            )
        )
        session.flush()
        assert load(session, folder).changed is False
