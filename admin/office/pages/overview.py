"""The office's page: the campaign at a glance."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, render_template
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.guard import signed_in, staff_only
from admin.accounts.leaf import Leaf
from admin.accounts.own_units import own_units
from admin.accounts.reader import Reader
from admin.desk.queue_view import Filters, Tab, View
from admin.figures import weeks
from admin.hand_over.hearing import waiting_for_hand_over
from admin.ledger.pages.blueprint import OFFICE_ROLES
from admin.ledger.problem_list import Wanted, totals
from admin.office import waiting
from admin.office.duty_status import DutyLine, duty_lines
from admin.office.pages.blueprint import blueprint
from admin.office.pages.to_do import Figure, capped, to_do
from admin.office.plan_dates import month_of
from admin.office.waiting import Waiting
from admin.returns.matrix import count_nil
from admin.supervision.supervision_list import count_supervised
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.links import Links
from portal.foundation.staff import Role

_A_PAGE = 30
_WEEKS = 8


@blueprint.get("/office")
@staff_only(*OFFICE_ROLES)
def overview() -> str:
    """What is due in the plan, what waits, what is late, what each unit did in the last weeks, and
    how far the problems are."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        access, campaign_book, today = reader.access, reader.book, clock.today()
        nil = count_nil(session, access, campaign_book, today)
        return render_template(
            "admin/office/overview.html",
            book=campaign_book,
            today=today,
            to_do=to_do(session, access, campaign_book, nil),
            weeks=weeks.read_weeks(session, access, signed_in(), today, many=_WEEKS),
            total=weeks.total,
            supervised=capped(count_supervised(session, access)),
            nil=nil[0] if nil else None,
            overdue=_overdue(session, access, campaign_book),
            totals=totals(session, access, Wanted()),
            months=_months(session, access, campaign_book),
            heads_office=signed_in().holds(Role.OFFICE_HEAD),
            handing_over=waiting_for_hand_over(session, signed_in(), campaign_book),
        )


@blueprint.get("/office/first-look")
@staff_only(*OFFICE_ROLES)
def first_look() -> str:
    """The tip-offs that the office hasn't looked at yet: exactly those that its page counts."""
    return _list(Waiting.FIRST_LOOK)


@blueprint.get("/office/doubted")
@staff_only(*OFFICE_ROLES)
def doubted() -> str:
    """The cases whose words look like another kind than their writer chose."""
    return _list(Waiting.DOUBTED)


def _list(which: Waiting) -> str:
    with reading() as session:
        reader = Reader.of_the_office(session)
        cases = Leaf.of(waiting.listed(session, reader.access, which), a_page=_A_PAGE)
    return render_template(
        "admin/office/waiting.html",
        which=which,
        book=reader.book,
        cases=cases,
        today=clock.today(),
    )


def _overdue(session: Session, access: Access, campaign_book: Book) -> list[Figure]:
    links: Links = current_app.extensions["links"]
    late = waiting.overdue_by_unit(session, access)
    return [
        Figure(campaign_book.unit_name(unit), capped(number), f"{links.cases()}?{_late_at(unit)}")
        for unit, number in sorted(late.items(), key=lambda one: -one[1])
    ]


def _late_at(unit: str) -> str:
    return View(Tab.OPEN, district=True, filters=Filters(due="overdue", unit=unit)).query


def _months(
    session: Session, access: Access, campaign_book: Book
) -> list[tuple[str, list[DutyLine]]]:
    """What the plan's calendar holds for this month and the next, with what has come of it."""
    own = own_units(campaign_book, access)
    first, last = month_of(clock.today())
    following = month_of(last + timedelta(days=1))
    return [
        (f"{start.month}月", duty_lines(session, campaign_book, start, end, own))
        for start, end in ((first, last), following)
    ]
