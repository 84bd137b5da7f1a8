"""How long both campaigns keep what people wrote, as their data say."""

from __future__ import annotations

from portal.campaign.book import book
from portal.campaign.kinds import Kind
from portal.campaign.retention_rule import Beside, RetentionRule
from tests.deployments import Deployment


def test_each_campaign_says_it_of_every_kind_and_outcome(any_deployment: Deployment) -> None:
    with any_deployment.database.reading() as session:
        rule = RetentionRule.of(book(session).campaign)
    assert rule
    assert (rule.withdrawn_days, rule.notice_days) == (30, 30)
    for kind in Kind:
        usual, declined = rule.kept_for(kind, "closed"), rule.kept_for(kind, "declined")
        assert usual
        assert declined
        assert declined.words <= usual.words
        assert usual.source
    tip_off = rule.kept_for(Kind.TIP_OFF, "declined")
    assert tip_off
    assert (tip_off.words, tip_off.contact) == (24, 12)
    assert rule.kept_for(Kind.TIP_OFF, "closed") != tip_off
    assert [kind for kind, _ in rule.by_kind] == list(Kind)
    assert all(rule.months_of(what) for what in Beside)


def test_citizens_read_the_same_periods(any_deployment: Deployment) -> None:
    page = " ".join(any_deployment.citizen().get("/safety").text.split())
    assert "您写的保存多久" in page
    assert "您自己撤回的，30天以后销毁" in page
    row = f'<th scope="row">{Kind.TIP_OFF.plain}（不在这里办的）</th> <td>2年</td> <td>1年</td>'
    assert row in page
    assert "最迟再过90天也销毁" in page
