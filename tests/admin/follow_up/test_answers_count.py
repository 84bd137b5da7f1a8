"""The figures of follow-ups, each with its denominator."""

from __future__ import annotations

from datetime import date

from admin.accounts.access import Access, visible
from admin.follow_up.answers_count import Counted, counts
from portal.campaign.book import book
from portal.campaign.kinds import Kind
from portal.foundation.staff import Staff
from tests.admin.desk.people import Desks
from tests.admin.follow_up.test_visiting import REACHABLE, closed_by_others
from tests.admin.follow_up.visits import answers, closed, does, says, visits


def counted(desks: Desks, name: str, first: date, last: date) -> list[Counted]:
    """The figures as somebody may see them."""
    desks.at(name)
    with desks.deployment.database.reading() as session:
        person = session.get_one(Staff, desks.deployment.staff_id(session, name))
        scope = visible(Access.of(person, book(session)))
        return counts(session, scope, first=first, last=last)


def test_of_several_answers_the_last_one_counts(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        says(desks, share=1)
        one, code = closed(desks, **REACHABLE)
        answers(desks, code, solved="no", satisfaction="1")
    with desks.on("2022-06-07"):
        visits(desks, "mz-second", one, solved="partly", satisfaction="4")
        two, _ = closed(desks, **REACHABLE)
        does(desks, "mz-second", two, "not-reached")
        _, silent = closed(desks)
        answers(desks, silent, solved="yes")
        closed_by_others(desks)
        consultation, _ = closed(desks, kind=Kind.CONSULTATION)
        assert consultation
        found = counted(desks, "mz-officer", date(2022, 6, 1), date(2022, 6, 30))
        assert [(one.unit_code, one.kind) for one in found] == [
            ("MZ", Kind.COMPLAINT),
            ("MZ", Kind.CONSULTATION),
        ]
        assert found[0] == Counted(
            unit_code="MZ",
            kind=Kind.COMPLAINT,
            asked=3,
            answered=2,
            said_satisfaction=1,
            satisfied=1,
            said_solved=2,
            solved=1,
            partly=1,
            to_visit=2,
            visited=1,
            unreachable=0,
        )
        every = counted(desks, "office", date(2022, 6, 1), date(2022, 6, 30))
        assert [one.unit_code for one in every] == ["MZ", "MZ", "RS"]
        assert sum(one.asked for one in every) == 5
        earlier = counted(desks, "office", date(2022, 6, 6), date(2022, 6, 6))
        assert [(one.asked, one.satisfied) for one in earlier] == [(1, 1)]


def test_a_case_that_turned_out_a_tip_off_and_what_is_barred_are_left_out(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        tip_off, _ = closed(desks)
        barred, _ = closed(desks)
        closed(desks)
        desks.change(tip_off, kind=Kind.TIP_OFF)
        desks.act("office", barred, "recuse", unit="MZ", words="来件人说是民政局")
        june = date(2022, 6, 1), date(2022, 6, 30)
        assert [one.asked for one in counted(desks, "mz-officer", *june)] == [1]
        assert [one.asked for one in counted(desks, "office", *june)] == [2]
