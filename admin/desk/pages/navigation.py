"""The navigation of the staff site: each person's own rooms, and which of them comes first."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from flask import current_app, request

from admin.accounts.access import HANDS_OVER_CLUES, Access
from admin.accounts.alarm_roles import hears_alarms
from admin.accounts.guard import current_sign_in
from portal.campaign.book import Book, book
from portal.campaign.summary_rule import SummaryRule
from portal.campaign.unit import UnitKind
from portal.foundation.database import reading
from portal.foundation.links import Links
from portal.foundation.staff import AT_A_DESK, Role, Staff

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
_RECORDING_ROLES = (Role.INTAKE_CLERK, Role.OFFICER, Role.HEAD, *OFFICE_ROLES)
_IN_UNITS = (Role.OFFICER, Role.HEAD)
_LEDGER_ROLES = (*_IN_UNITS, *OFFICE_ROLES)

# Who has it, what it is called, where it is.
_Room = tuple[tuple[Role, ...], str, str]


def staff_nav() -> dict[str, Any]:
    """`staff_nav` for the staff site's frame. No counts: a page must not tell what isn't on it."""
    if not request.path.startswith("/staff"):
        return {}
    found = current_sign_in()
    rooms = rooms_of(found.staff) if found else []
    return {"staff_nav": [(label, address, _is_here(address), None) for label, address in rooms]}


def rooms_of(staff: Staff) -> list[tuple[str, str]]:
    """The rooms of a person, the one where his work begins first."""
    links: Links = current_app.extensions["links"]
    with reading() as session:
        campaign_book = book(session)
    rooms = [*_rooms_of_work(staff, links, campaign_book), *_rooms_beside(links, campaign_book)]
    rooms += _rooms_of_the_campaign(staff, links, campaign_book)
    mine = [(label, address) for roles, label, address in rooms if any(map(staff.holds, roles))]
    return [*mine, ("我的账号", links.account())]


def _rooms_of_work(staff: Staff, links: Links, campaign_book: Book) -> list[_Room]:
    """Where cases and problems are handled, and what units hand in."""
    returns = campaign_book.return_rule
    kinds = returns.to_departments | returns.to_office if returns else frozenset()
    returning = (*_LEDGER_ROLES, *_checking(staff, campaign_book, kinds)) if returns else ()
    # The office finds them on its own page, an auditor behind what he begins with.
    sums = SummaryRule.of(campaign_book.campaign)
    checking = _checking(staff, campaign_book, sums.kinds) if sums else ()
    summing_up = (*_IN_UNITS, *checking) if sums else ()
    return [
        (OFFICE_ROLES, "办公室", links.office()),
        (AT_A_DESK, "待办", links.cases()),
        (_reading_sealed(staff, campaign_book), "密件", links.sealed_class()),
        (AT_A_DESK, "督办", links.supervisions()),
        (_RECORDING_ROLES, "登记", links.recorded()),
        (AT_A_DESK, "回访", links.follow_ups()),
        (OFFICE_ROLES, "来单", links.orders()),
        ((*_LEDGER_ROLES, Role.CHECKER), "台账", links.problems()),
        (_LEDGER_ROLES, "督导", links.supervision_rounds()),
        (_IN_UNITS, "函件", links.letters()),
        (returning, "月报", links.returns()),
        (summing_up, "总结", links.summaries()),
        # Whoever has the ledger before him finds these two there.
        ((Role.DISCIPLINE,), "建章立制", links.issued_rules()),
        ((Role.DISCIPLINE,), "主动说明", links.declarations()),
        (_LEDGER_ROLES, "抽查", links.spot_checks()),
        # The office finds it on its own page.
        ((Role.OFFICER, Role.HEAD), "评估", links.assessments()),
    ]


def _reading_sealed(staff: Staff, campaign_book: Book) -> tuple[Role, ...]:
    """Whoever is of discipline inspection itself, not of a unit that has an officer for it."""
    of_discipline = campaign_book.campaign.discipline_code in staff.units_as(Role.DISCIPLINE)
    return (Role.DISCIPLINE,) if of_discipline else ()


def _checking(staff: Staff, campaign_book: Book, kinds: AbstractSet[UnitKind]) -> tuple[Role, ...]:
    """The role of a checker, where a unit of these kinds that he serves hands something in: what a
    community finds, its street hands in."""
    access = Access.of(staff, campaign_book)
    working = access.fieldwork - access.outposts
    return (Role.CHECKER,) if any(campaign_book.units[one].kind in kinds for one in working) else ()


def _rooms_beside(links: Links, campaign_book: Book) -> list[_Room]:
    """What is referred, filed, published and looked over."""
    audited = (Role.AUDITOR,) if campaign_book.campaign.summaries else ()
    return [
        ((*OFFICE_ROLES, Role.DISCIPLINE), "移送", links.referrals()),
        ((*OFFICE_ROLES, Role.DISCIPLINE), "归档", links.filing()),
        ((Role.PUBLISHER, *OFFICE_ROLES), "发布", links.publishing()),
        # The publishing desk finds these two in its own room.
        ((Role.DISCIPLINE,), "找错", links.pointed_out()),
        ((Role.DISCIPLINE,), "个人信息", links.rights_requests()),
        ((Role.OFFICER, Role.HEAD), "宣传", links.publicity_entries()),
        (OFFICE_ROLES, "谁主管", links.in_charge()),
        ((Role.AUDITOR,), "留痕", links.events()),
        (audited, "总结", links.summaries()),
        ((*AT_A_DESK, Role.AUDITOR), "统计", links.staff_figures()),
        ((Role.DISCIPLINE, Role.AUDITOR), "评估", links.assessments()),
        ((Role.DISCIPLINE, Role.AUDITOR), "治理收尾", links.closing()),
        ((Role.SYSTEM_ADMIN,), "系统", links.system()),
        # The head of the office finds them on the office's page.
        ((Role.SYSTEM_ADMIN,), "人员", links.people()),
    ]


def _rooms_of_the_campaign(staff: Staff, links: Links, campaign_book: Book) -> list[_Room]:
    """The rooms that hang on what the campaign says of a person's role or unit."""
    rooms: list[_Room] = []
    if Access.of(staff, campaign_book).audits:
        rooms.append((HANDS_OVER_CLUES, "移送线索", links.clues()))
    if hears_alarms(staff, campaign_book):
        rooms.append((tuple(Role), "移交提醒", links.alarms()))
    return rooms


def _is_here(address: str) -> bool:
    path = "/staff" + address.split("/staff", 1)[1]
    return request.path == path or request.path.startswith(path + "/")
