"""What a public site shows besides results and figures: a typical case, an achievement, a policy
that was changed, lists of recipients, and what was withdrawn again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from admin.spot_checks.draw import Frame, draw
from admin.spot_checks.preparing import units_to_check
from admin.spot_checks.what_is_published import PublicNumber, given_up, promise, what_was_drawn
from portal.campaign.book import Book, book
from portal.campaign.place import PlaceKind
from portal.campaign.revision import new_revision
from portal.campaign.spot_check_rule import DRAWN, Risk
from portal.foundation import clock
from portal.published.discretion import shows_sums_only
from portal.published.distributing import put_out, take_down
from portal.published.distribution import Distribution, TakenDown
from portal.published.distribution_row import DistributionRow
from portal.published.notice import Notice, NoticeKind
from portal.published.noticing import NoticePublication, put_out_notice, withdraw_notice
from portal.published.policy_releasing import PolicyWord, put_out_policies
from portal.published.releasing import withdraw_result
from portal.published.spot_checking import put_out_draw, put_out_giving_up, put_out_promise
from tests.portal.pages.released import release

# A name that stands in the list with rows, in full.
LISTED = "王小明"
ROWS_LIST, SUMS_LIST, GONE_LIST = "F000001", "F000002", "F000003"
GONE = ("/notices/gone", "/results/WT-0099", f"/distributions/{GONE_LIST}")
_ROWS = 60
_BODY = "# 查清了什么\n\n代办时收了钱。\n\n| 月份 | 户数 |\n|---|--:|\n| 6月 | 12 |\n"


def release_further(session: Session) -> list[str]:
    """Release it all; returns the addresses of the pages that may be kept."""
    found = book(session)
    _notices(session)
    _lists(session, found)
    _draws(session, found)
    withdraw_result(session, release(session, "WT-0099", of=found), "写得太多了")
    policy = list(found.policies)[-1]
    for month, standard in ((6, "每人每月110元"), (7, "每人每月120元")):
        word = PolicyWord(
            code=policy,
            fields={"standard": standard},
            holds_from=date(2022, month, 1),
            note="标准提高了。",
        )
        put_out_policies(session, [word])
    new_revision(session)
    unit = next(iter(found.policies.values())).unit_code
    return [
        "/spot-checks/2022-1",
        "/spot-checks/2022-2",
        "/spot-checks/2022-3",
        "/notices/typical",
        "/notices/achievement",
        "/notices?kind=typical_case",
        "/notices?kind=achievement",
        f"/results?unit={unit}&state=struck_off",
        "/results?problem=9.9&street=x",
        f"/policies/{policy}",
        "/policies?q=没有这种补贴",
        "/search?q=没有这个词",
    ]


def _draws(session: Session, found: Book) -> None:
    """One that was drawn, of every unit that is spot checked, one that is promised only, and one
    that was given up."""
    codes = units_to_check(found)
    strata = {code: list(Risk)[at % len(Risk)].value for at, code in enumerate(codes)}
    frame = Frame(strata, {one.value: 2 for one in DRAWN}, max(1, len(codes) // 3))
    waits_for = PublicNumber("双色球的开奖号码", date(2022, 8, 9), "中国福利彩票网站")
    seed = bytes(range(32))
    for number in ("2022-1", "2022-2", "2022-3"):
        said = promise(
            number=number,
            campaign=found.campaign.name,
            ratio="",
            frame=frame,
            seed=seed,
            waits_for=waits_for,
        )
        put_out_promise(session, number, said)
    drawn = what_was_drawn(
        frame=frame,
        drawn=draw(frame, seed=seed, public_number="03 08"),
        names={code: found.units[code].name for code in codes},
        seed=seed,
        public_number="03 08",
        stands="开奖公告",
    )
    put_out_draw(session, "2022-1", drawn)
    why = "名册里漏了两个社区，要重新定。"
    put_out_giving_up(session, "2022-3", given_up(on=date(2022, 8, 10), why=why))


def _notices(session: Session) -> None:
    for slug, kind in (
        ("typical", NoticeKind.TYPICAL_CASE),
        ("achievement", NoticeKind.ACHIEVEMENT),
        ("gone", NoticeKind.NOTICE),
    ):
        typical = kind is NoticeKind.TYPICAL_CASE
        publication = NoticePublication(
            slug=slug,
            kind=kind,
            title=f"社区代办补贴收了钱{slug}" if typical else "到账前先发一条短信",
            source="领导小组办公室",
            summary="代办补贴不收钱。\n收了的已经退。",
            body=_BODY,
            finding_body="区纪委监委" if typical else "",
            document_number="江纪通〔2022〕7号" if typical else "",
            note="第一次公布",
            files=[],
        )
        put_out_notice(session, publication)
    gone = session.get_one(Notice, "gone")
    withdraw_notice(session, gone, title="写错的通知", because="日子写错了")


def _lists(session: Session, found: Book) -> None:
    named = next(code for code, one in found.policies.items() if not shows_sums_only(one))
    discreet = next(code for code, one in found.policies.items() if shows_sums_only(one))
    for number, policy in ((ROWS_LIST, named), (SUMS_LIST, discreet), (GONE_LIST, named)):
        has_rows = policy == named
        one = a_list(found, number, policy, has_rows=has_rows)
        put_out(session, one, [_row(found, one, at) for at in range(1, _ROWS + 1)] * has_rows)
    gone = session.get_one(Distribution, GONE_LIST)
    take_down(session, gone, on=clock.today(), because=TakenDown.MISTAKE)


def a_list(found: Book, number: str, policy: str, *, has_rows: bool) -> Distribution:
    """A list that stands from today, of rows or of sums only; whatever isn't said is plausible."""
    street = next(one for one in found.places.values() if one.kind is PlaceKind.STREET)
    said: dict[str, Any] = {
        "policy_code": policy,
        "place_code": street.code,
        "telephone": found.campaign.hotline,
        "columns": ["community", "people", "standard"] if has_rows else [],
    }
    return Distribution(
        number=number,
        paid_from=date(2022, 5, 1),
        paid_to=date(2022, 5, 31),
        standard="每人每月100元",
        sums_only=not has_rows,
        entries=_ROWS if has_rows else 0,
        people=_ROWS,
        amount=Decimal("6030.50"),
        shown_from=clock.today(),
        shown_until=clock.today() + timedelta(days=30),
        released_at=clock.now(),
        sample=False,
        **said,
    )


def _row(found: Book, one: Distribution, at: int) -> DistributionRow:
    inside = [place.code for place in found.places.values() if place.parent_code == one.place_code]
    return DistributionRow(
        distribution_number=one.number,
        position=at,
        name="王*明" if at % 7 == 1 else "欧*棠",
        community_code=inside[at % len(inside)] if inside else None,
        people=1 + at % 3,
        standard="每人每月100元",
        amount=Decimal("100.50"),
    )
