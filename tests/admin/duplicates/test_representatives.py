"""Visits for one joint petition: no more people come for all of it than the law lets come."""

from __future__ import annotations

from intake.cases.case import Channel, Identity
from portal.campaign.campaign import Campaign
from portal.campaign.kinds import Kind
from portal.campaign.revision import new_book_revision
from portal.foundation.staff import Role
from tests.admin.desk.people import Desks
from tests.admin.duplicates.pairs import FIRST, at, merges, send
from tests.deployments import Deployment

_NAMES = ("王一", "王二", "王三", "王四", "王五")


def visit(desks: Desks, people: int, channel: Channel = Channel.VISIT) -> str:
    """A petition that somebody brought, with so many representatives."""
    with desks.deployment.database.reading() as session:
        by = desks.deployment.staff_id(session, "mz-officer")
    return desks.case(
        FIRST,
        kind=Kind.PETITION,
        channel=channel,
        identity=Identity.REAL_NAME,
        contact_name="周文秀",
        recorded_by=by,
        representatives=_NAMES[:people] if channel is Channel.VISIT else (),
    )


def test_a_joint_petition_of_visits_brings_no_more_than_five(desks_on_each: Desks) -> None:
    desks = desks_on_each
    desks.at("mz-officer")
    lead, second, third, alone = (visit(desks, n) for n in (2, 2, 2, 0))
    letter = visit(desks, 0, Channel.LETTER)
    assert merges(desks, lead, second, how="joint").status_code == 303
    refused = merges(desks, lead, third, how="joint")
    assert refused.status_code == 409
    assert "合起来超过了代表的人数（《信访工作条例》第二十条）" in refused.text
    assert "说的是同一件事" in refused.text
    # Whoever came alone makes five; a letter brings nobody.
    assert merges(desks, lead, alone, how="joint").status_code == 303
    assert merges(desks, lead, letter, how="joint").status_code == 303
    # As other people's own petitions about the same they may go together.
    assert merges(desks, lead, third, how="same_matter").status_code == 303


def test_whoever_was_taken_out_doesnt_count(desks: Desks) -> None:
    desks.at("mz-officer")
    lead, second, third = (visit(desks, n) for n in (3, 2, 2))
    assert merges(desks, lead, second, how="joint").status_code == 303
    assert merges(desks, lead, third, how="joint").status_code == 409
    path = at(lead, second, "part")
    assert send(desks, "mz-officer", path, words="不是一起来的").status_code == 303
    assert merges(desks, lead, third, how="joint").status_code == 303


def test_the_number_is_the_campaigns(desks: Desks) -> None:
    desks.at("mz-officer")
    lead, other = visit(desks, 5), visit(desks, 5)
    with desks.deployment.database.writing() as session:
        session.get_one(Campaign, 1).representatives = {}
        new_book_revision(session)
    assert merges(desks, lead, other, how="joint").status_code == 303


def test_both_campaigns_name_it(each_campaign: Deployment) -> None:
    each_campaign.add_staff("clerk", ("BGS", Role.INTAKE_CLERK))
    clerk = each_campaign.officer("clerk")
    page = clerk.get("/staff/recorded/new?channel=visit").text
    assert "代表" in page
    with each_campaign.database.reading() as session:
        rule = session.get_one(Campaign, 1).representatives
    assert rule == {"most": 5, "source": "《信访工作条例》第二十条"}
