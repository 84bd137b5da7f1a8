"""What others did to somebody's account lately, for its owner to read."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.role_names import post_name
from intake.cases.event import IS_OF_STAFF, Event
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.formats import moment
from portal.foundation.staff import Role, Staff

_LATELY = timedelta(days=90)
_WORDS = {
    "staff_added": "加了岗位",
    "post_taken": "收回岗位",
    "link_made": "发了开户链接",
    "sign_ins_ended": "在各处退出登录",
}


def own_changes(session: Session, staff_id: int) -> list[tuple[str, str, str]]:
    """When, what, and by whom; the latest first, twenty at most."""
    rows = session.execute(
        select(Event, Staff.display_name)
        .join(Staff, Staff.id == Event.staff_id, isouter=True)
        .where(
            IS_OF_STAFF,
            Event.name.in_(_WORDS),
            Event.facts["staff"].as_integer() == staff_id,
            Event.happened_at > clock.now() - _LATELY,
        )
        .order_by(Event.seq.desc())
        .limit(20)
    )
    return [(moment(one.happened_at), _words(session, one), name or "命令行") for one, name in rows]


def _words(session: Session, one: Event) -> str:
    if "unit" not in one.facts:
        return _WORDS[one.name]
    unit = session.get_one(Unit, one.facts["unit"]).name
    return f"{_WORDS[one.name]}：{post_name(unit, Role(one.facts['role']))}"
