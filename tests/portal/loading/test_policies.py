"""Loading the policy list: every change is a dated version, and what is the office's stays so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import Session

from portal.campaign.book import book
from portal.campaign.policy import Policy
from portal.campaign.policy_fields import FIELDS, fields_of
from portal.campaign.policy_version import PolicyVersion
from portal.campaign.revision import new_book_revision
from portal.foundation import clock
from portal.foundation.database import Base
from portal.foundation.staff import Staff
from portal.loading.bad_campaign import BadCampaign
from portal.loading.load import load
from portal.published.policy_releasing import PolicyWord, put_out_policies
from tests.portal.loading.small_campaign import spoil, write

CAMPAIGNS = Path(__file__).parents[3] / "campaigns"
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


def versions(session: Session, code: str) -> list[PolicyVersion]:
    wanted = select(PolicyVersion).where(PolicyVersion.policy_code == code)
    return list(session.scalars(wanted.order_by(PolicyVersion.number)))


def somebody(session: Session) -> int:
    person = Staff(name="gong", display_name="gong", created_at=clock.now())
    session.add(person)
    session.flush()
    return person.id


def released(session: Session, code: str, **fields: object) -> None:
    """Something that the office released."""
    by = somebody(session)
    word = PolicyWord(code=code, fields=fields, holds_from=JULY, note="改了。", by=by)
    with clock.stopped_at(JULY_1):
        put_out_policies(session, [word])
    new_book_revision(session)


def test_what_was_loaded_first_is_the_first_version(session: Session, folder: Path) -> None:
    load(session, folder)
    (first,) = versions(session, "MZ01")
    assert (first.number, first.holds_from, first.released_by) == (1, None, None)
    assert first.fields.keys() == FIELDS.keys()
    assert first.fields["aliases"] == ["低保", "低饱"]


def test_a_change_of_the_folder_is_a_version(session: Session, folder: Path) -> None:
    load(session, folder)
    spoil(folder, "policies.csv", "MZ,收入低,当年标准", "MZ,收入低,每月600元")
    with clock.stopped_at(JULY_1):
        loaded = load(session, folder)
        assert not load(session, folder).changed
    assert loaded.changes["policies.csv"] == 1
    _, second = versions(session, "MZ01")
    assert (second.fields, second.holds_from) == ({"standard": "每月600元"}, JULY)
    assert book(session).histories["MZ01"].on(date(2022, 6, 30))["standard"] == "当年标准"
    assert len(versions(session, "RS01")) == 1


def test_a_day_of_checking_is_no_version(session: Session, folder: Path) -> None:
    load(session, folder)
    spoil(folder, "policies.csv", "2025-04-19", "2025-05-19")
    assert load(session, folder).changed
    assert session.get_one(Policy, "MZ01").checked_on == date(2025, 5, 19)
    spoil(folder, "policies.csv", "2025-05-19", "2025-01-19")
    # Somebody may have looked since: the later day stays.
    assert not load(session, folder).changed
    assert len(versions(session, "MZ01")) == 1


def test_what_the_office_changed_is_left_alone_and_named(session: Session, folder: Path) -> None:
    load(session, folder)
    released(session, "MZ01", standard="每月700元")
    again = load(session, folder)
    assert (again.changed, again.left_alone) == (False, ("MZ01",))
    assert str(again).endswith("nothing changed; left as the office has them: MZ01")
    spoil(folder, "policies.csv", "MZ,收入低,当年标准", "MZ,收入低,每月600元")
    spoil(folder, "policies.csv", "第一次创业", "头一次创业")
    loaded = load(session, folder)
    assert (loaded.changes["policies.csv"], loaded.left_alone) == (1, ("MZ01",))
    assert session.get_one(Policy, "MZ01").standard == "每月700元"
    assert session.get_one(Policy, "RS01").eligibility == "头一次创业"


def test_a_folder_that_says_the_same_as_the_office_is_not_named(
    session: Session, folder: Path
) -> None:
    load(session, folder)
    released(session, "MZ01", standard="每月600元")
    spoil(folder, "policies.csv", "MZ,收入低,当年标准", "MZ,收入低,每月600元")
    assert load(session, folder).left_alone == ()


def test_what_the_office_added_isn_t_missed_in_the_folder(session: Session, folder: Path) -> None:
    load(session, folder)
    fields = {**fields_of(session.get_one(Policy, "MZ01")), "name": "新的补贴"}
    released(session, "N1", **fields)
    assert load(session, folder).changed is False
    spoil(folder, "policies.csv", "RS01,创业补贴", "RS01,新的补贴")
    with pytest.raises(BadCampaign) as caught:
        load(session, folder)
    assert str(caught.value) == (
        "policies.csv:3: the office gave the name “新的补贴” to its policy N1"
    )


def test_a_folder_may_be_without_the_newer_columns(session: Session, folder: Path) -> None:
    load(session, folder)
    policy = session.get_one(Policy, "MZ01")
    assert (policy.apply_at, policy.materials, policy.ended_on) == ("", "", None)


@pytest.mark.parametrize("code", ["jianghan-2022", "caidian-cdpf-2022"])
def test_both_campaigns_have_a_version_of_each_policy(session: Session, code: str) -> None:
    load(session, CAMPAIGNS / code)
    found = book(session)
    assert found.histories.keys() == found.policies.keys()
    for code, history in found.histories.items():
        assert history.on(JULY) == fields_of(found.policies[code])
