"""Withdrawing an entry."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.entries.withdrawal import Withdrawal, serve_withdrawal
from admin.issued_rules.entering import withdraw
from admin.issued_rules.issued_rule import IssuedRule
from admin.issued_rules.pages.blueprint import (
    NOUN,
    WRITING_ROLES,
    blueprint,
    links,
    rule_reader,
    to_write,
)
from admin.issued_rules.rule_reader import RuleReader
from admin.publishing.people_check import PointsToPerson


def _find(
    session: Session, rule_id: int, *, to_change: bool = False
) -> tuple[RuleReader, IssuedRule]:
    me = rule_reader(session)
    return me, to_write(session, me, rule_id, to_change=to_change)


serve_withdrawal(
    blueprint,
    "/issued-rules/<int:rule_id>",
    *WRITING_ROLES,
    how=Withdrawal(
        noun=NOUN,
        effect="别的单位马上看不到，不再计数。发文单位和办公室还看得到是谁撤回的、为什么。",
        find=_find,
        act=withdraw,
        there=lambda rule_id: links().issued_rules(rule_id),
        hint="不写人的姓名。",
        faults=(PointsToPerson,),
    ),
)
