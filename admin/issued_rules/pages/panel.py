"""What a problem's own page says about the rules that answer it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in
from admin.accounts.panel import Panel
from admin.accounts.reader import Reader
from admin.issued_rules.pages.blueprint import links
from admin.issued_rules.rule_list import rules_by_problem
from admin.issued_rules.rule_reader import RuleReader
from admin.ledger.problem import Problem


def panel_of(session: Session, reader: Reader, problem: Problem) -> Panel | None:
    """The rules, each with its own page; and where another is entered. None where there is neither
    a rule nor a unit in whose name he could enter one, and for whoever has no desk."""
    if not reader.access.desks:
        return None
    me = RuleReader.of(signed_in(), reader.book)
    found = rules_by_problem(session, me, [problem.number]).get(problem.number, [])
    rules = [(line.in_words, links().issued_rules(line.rule.id)) for line in found]
    if me.units:
        rules.append(("记一项回应它的制度", links().new_rule(problem.number)))
    return Panel("建章立制", (), rules) if rules else None
