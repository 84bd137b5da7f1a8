"""The demonstration: sample staff who can sign in, sample cases in every state, harmless to
repeat."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from admin.demonstration.sample_people import PASSWORD
from admin.ledger.problem import Problem, Source
from admin.publishing.result_draft import ResultDraft
from admin.rounds.round_order import RoundOrder
from admin.shirking.letter import Letter
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.correspondence import read_as_unit
from portal.foundation import clock
from portal.foundation.staff import Staff
from portal.published.distribution import Distribution
from portal.published.month_figures import MonthFigures
from portal.published.notice import Notice, NoticeKind
from portal.published.result import Result, ResultRevision, ResultState
from tests.deployments import Deployment


def test_both_campaigns_can_be_shown(each_campaign: Deployment) -> None:
    first = each_campaign.run("demo")
    with each_campaign.database.reading() as session:
        cases = {case.number: (case.version, case.state) for case in session.scalars(select(Case))}
        people = session.scalar(select(func.count()).select_from(Staff))
    again = each_campaign.run("demo")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert f"样例密码：{PASSWORD}" in first.output
    assert first.output == again.output
    assert len(cases) == 31
    assert len({state for _version, state in cases.values()}) >= 5
    with each_campaign.database.reading() as session:
        found = {case.number: (case.version, case.state) for case in session.scalars(select(Case))}
        assert found == cases
        assert session.scalar(select(func.count()).select_from(Staff)) == people
        assert all(session.scalars(select(Staff.sample)))
        for case in session.scalars(select(Case)):
            units = frozenset({case.unit_code})
            for letter in read_as_unit(session, case, units, [MessageKind.WORDS]):
                assert "样例" in letter.text


def test_the_campaign_is_at_work(each_campaign: Deployment) -> None:
    for _ in range(2):
        assert each_campaign.run("demo").exit_code == 0
    with each_campaign.database.reading() as session:
        own = select(func.count()).where(Problem.source == Source.OWN_CHECK)
        assert session.scalar(own) == 2
        assert session.scalar(select(func.count()).select_from(RoundOrder)) == 1
        assert session.scalar(select(func.count()).select_from(Letter)) == 1


def test_the_newest_ended_month_is_published(each_campaign: Deployment) -> None:
    with clock.stopped_at(datetime(2022, 7, 6, 4, tzinfo=UTC)):
        for _ in range(2):
            assert each_campaign.run("demo").exit_code == 0
        page = each_campaign.citizen().get("/figures").text
    assert "2022年6月，收到" in page
    with each_campaign.database.reading() as session:
        [one] = session.scalars(select(MonthFigures)).all()
        assert (one.month, one.revision) == (date(2022, 6, 1), 1)


def test_what_two_sample_people_released_says_that_it_is_invented(
    each_campaign: Deployment,
) -> None:
    for _ in range(2):
        assert each_campaign.run("demo").exit_code == 0
    with each_campaign.database.reading() as session:
        names = dict(session.execute(select(Staff.id, Staff.name)).all())
        results = session.scalars(select(Result)).all()
        releases = session.scalars(select(ResultRevision)).all()
        notices = session.scalars(select(Notice).where(Notice.source == "样例来源")).all()
        hands = {
            (names[draft.drafted_by], names[draft.released_by])
            for draft in session.scalars(select(ResultDraft))
            if draft.released_by
        }
        lists = session.scalars(select(Distribution)).all()
    assert {one.state for one in results} == set(ResultState)
    assert len(results) == 6
    assert len(releases) == 9
    assert len({clock.day_of(one.released_at) for one in releases}) == 2
    assert hands == {("publisher-1", "publisher-2")}
    assert all("样例" in text for one in results for text in (one.summary, one.measures))
    assert {one.kind for one in notices} == {NoticeKind.TYPICAL_CASE, NoticeKind.ACHIEVEMENT}
    assert all("样例" in text for one in notices for text in (one.title, one.body_html))
    assert {one.document_number for one in notices} == {"样例〔2022〕1号", ""}
    assert {one.sums_only for one in lists} == {True, False}
    assert all(one.sample for one in lists)
    client = each_campaign.citizen()
    assert "样例〔2022〕1号" in "".join(client.get(f"/notices/{one.slug}").text for one in notices)
    for path in ("/results", "/notices?kind=typical_case", "/notices?kind=achievement"):
        assert "（样例）" in client.get(path).text


def test_a_sample_person_signs_in_with_the_printed_password(deployment: Deployment) -> None:
    deployment.run("demo")

    code = deployment.run("staff", "code", "office").output.strip()

    assert len(code) == 6
