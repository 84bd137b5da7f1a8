"""Notices and lists of recipients for the tests to find, as the publishing desk leaves them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from portal.campaign.book import book
from portal.campaign.place import PlaceKind
from portal.foundation import clock
from portal.published.distributing import put_out
from portal.published.distribution import Distribution
from portal.published.distribution_row import DistributionRow
from portal.published.notice import NoticeKind
from portal.published.noticing import NoticePublication, PublicFile, put_out_notice

# In the rows of every list here.
MASKED, ROW_STANDARD = "魏*蓉", "每人每月三百一十七元"


def publish_notice(session: Session, slug: str, **said: Any) -> None:
    """One notice; whatever isn't said is plausible."""
    fields: dict[str, Any] = {
        "kind": NoticeKind.NOTICE,
        "title": "集中发放的通知",
        "source": "领导小组办公室",
        "summary": "下周到社区领。",
        "body": "带身份证。",
        "finding_body": "",
        "document_number": "",
        "note": "",
        "files": (),
        **said,
    }
    put_out_notice(session, NoticePublication(slug=slug, **fields))


def a_file(title: str) -> PublicFile:
    """A file that goes with a notice."""
    return PublicFile(title, "PDF", b"%PDF-1.7")


def publish_list(session: Session, number: str, **said: Any) -> Distribution:
    """One list that names two people, of the first policy and street, shown for a week from
    today."""
    found = book(session)
    street = next(one for one in found.places.values() if one.kind is PlaceKind.STREET)
    policy = next(one for one in found.policies.values() if not one.discreet)
    today = clock.today()
    fields: dict[str, Any] = {
        "policy_code": policy.code,
        "place_code": street.code,
        "paid_from": date(2022, 4, 1),
        "paid_to": date(2022, 6, 30),
        "standard": "每月三百元",
        "telephone": "027-0000-0999",
        "sums_only": False,
        "columns": ["standard"],
        "entries": 2,
        "people": 9,
        "amount": Decimal("2853.00"),
        "shown_from": today,
        "shown_until": today + timedelta(days=6),
        "released_at": clock.now(),
        "sample": False,
        **said,
    }
    one = Distribution(number=number, **fields)
    rows = [
        DistributionRow(
            distribution_number=number,
            position=at,
            name=name,
            people=1,
            standard=ROW_STANDARD,
            amount=Decimal("317.00"),
        )
        for at, name in enumerate((MASKED, "王*明"), 1)
    ]
    put_out(session, one, rows)
    return one
