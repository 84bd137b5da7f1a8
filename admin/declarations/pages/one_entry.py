"""One entry with its history, and its withdrawal."""

from __future__ import annotations

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.staff_names import names_of
from admin.declarations.declaration import Declaration
from admin.declarations.declaration_list import history, is_late
from admin.declarations.declaring import withdraw
from admin.declarations.keeper import ROLES, Keeper
from admin.declarations.pages.blueprint import blueprint, keeper, links, the_entry
from admin.declarations.pages.forms import month_name
from admin.entries.withdrawal import Withdrawal, serve_withdrawal
from admin.publishing.people_check import PointsToPerson
from portal.campaign.declaration_rule import DeclarationRule
from portal.foundation.database import reading

_DONE = {
    "entered": "已记下，这个单位也看得到。",
    "corrected": "已更正，原来写的还看得到。",
    "withdrawn": "已撤回，不再计数。",
}
NOUN = "这一笔"


@blueprint.get("/declarations/<key>")
@staff_only(*ROLES)
def declaration(key: str) -> str:
    """What it says, and what it said before."""
    done = _DONE.get(request.args.get("done", ""))
    with reading() as session:
        me = keeper(session)
        found = the_entry(session, me, key)
        versions, reason = history(session, me, found)
        writers = [version.written_by for version, _ in versions]
        names = names_of(session, [*writers, found.withdrawn_by])
    return render_template(
        "admin/declarations/declaration.html",
        book=me.book,
        entry=found,
        versions=versions,
        late=is_late(DeclarationRule.of(me.book.campaign), found, versions[0][0]),
        month_name=month_name,
        reason=reason,
        names=names,
        flash_messages=[done] if done else [],
    )


def _find(session: Session, key: str, *, to_change: bool = False) -> tuple[Keeper, Declaration]:
    me = keeper(session)
    return me, the_entry(session, me, key, to_change=to_change)


serve_withdrawal(
    blueprint,
    "/declarations/<key>",
    *ROLES,
    how=Withdrawal(
        noun=NOUN,
        effect="这一笔还看得到，写明是谁撤回的、为什么，不再计数。",
        find=_find,
        act=withdraw,
        there=lambda key: links().declarations(key),
        hint="不写人的姓名。",
        faults=(PointsToPerson,),
    ),
)
