"""Who asks for another look isn't answered by who answered him; a grievance put as a request
for information is handled as what it is, and its writer told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from intake import correspondence
from intake.cases.case import Case, Channel
from intake.cases.message import MessageKind
from intake.draft import Draft
from intake.register import register
from intake.vault.query_codes import reporter_keys
from portal.campaign.kinds import Kind
from tests.deployments import Deployment
from tests.intake.sms.conftest import line_of

DRESSED = "申请信息公开：我家的高龄津贴三个月没有到账，问了几次都没人管，请尽快解决"
REVIEW = "民政局上个月答复说我家不符合低保条件，我不服，要求复查"
GENUINE = "申请公开高龄津贴2021年的发放标准文件"


def texted(deployment: Deployment, words: str) -> tuple[str, Case]:
    """The line's answer, and the case."""
    answer = "".join(line_of(deployment)(words))
    with deployment.database.reading() as session:
        return answer, session.scalars(select(Case).order_by(Case.id.desc())).first()  # type: ignore[return-value]


def test_a_grievance_dressed_as_a_request_is_a_complaint_and_its_writer_is_told(
    each_campaign: Deployment,
) -> None:
    subsidy = "残疾人两项补贴" if "caidian" in str(each_campaign.settings) else "高龄津贴"
    with each_campaign.database.reading() as session:
        from portal.campaign.book import book

        subsidy = next(p for p in book(session).policies.values() if p.in_scope).name
    answer, case = texted(each_campaign, DRESSED.replace("高龄津贴", subsidy))

    assert case.kind is Kind.COMPLAINT
    assert "信息公开" in answer


def test_the_web_page_says_so_too(deployment: Deployment) -> None:
    draft = Draft(
        channel=Channel.WEB,
        kind=Kind.COMPLAINT,
        words=DRESSED,
        submission="one",
        kind_was_read=True,
    )
    with deployment.database.writing() as session:
        registered = register(session, draft)
    assert "第三十九条" in registered.notice
    with deployment.database.reading() as session:
        letters = correspondence.read_as_reporter(
            session, registered.case, reporter_keys(registered.query_code), [MessageKind.NOTICE]
        )
    assert [letter.text for letter in letters] == [registered.notice]


def test_who_chose_a_request_keeps_it_until_the_office_has_looked(deployment: Deployment) -> None:
    draft = Draft(
        channel=Channel.WEB, kind=Kind.DISCLOSURE_REQUEST, words=DRESSED, submission="one"
    )
    with deployment.database.writing() as session:
        case = register(session, replace(draft, kind_was_read=False)).case
    assert (case.kind, case.doubted) == (Kind.DISCLOSURE_REQUEST, True)


def test_who_wants_a_document_gets_no_lecture(deployment: Deployment) -> None:
    answer, case = texted(deployment, GENUINE)
    assert case.kind is Kind.DISCLOSURE_REQUEST
    assert "三十九" not in answer


@pytest.mark.parametrize("words", [REVIEW, "区民政局的答复我不同意，请上级复查我家的低保"])
def test_a_review_never_goes_to_who_decided(deployment: Deployment, words: str) -> None:
    _, case = texted(deployment, words)

    assert case.kind is Kind.PETITION
    assert case.unit_code == "BGS"
    with deployment.database.reading() as session:
        kinds = [MessageKind.WORDS]
        assert correspondence.read_as_unit(session, case, frozenset({"MZ"}), kinds) == []
        assert correspondence.read_as_unit(session, case, frozenset({"BGS"}), kinds)


def test_a_review_of_the_office_goes_above_it(deployment: Deployment) -> None:
    _, case = texted(deployment, "领导小组办公室上个月的答复我不服，要求复查")
    assert case.unit_code not in {"BGS", "MZ"}
