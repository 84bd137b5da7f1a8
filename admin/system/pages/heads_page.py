"""Today's head of the chain as a page to print, to sign and to keep in a folder. It has no number:
whoever knows how many events there are can count how many are kept from him."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.system.heads_out import last_heads
from admin.system.outside_head import in_groups
from admin.system.pages.blueprint import blueprint
from portal.campaign.book import book
from portal.foundation.database import reading
from portal.foundation.staff import Role

_EARLIER = 7


@blueprint.get("/chain-heads")
@staff_only(Role.AUDITOR, Role.OFFICE_HEAD, Role.SYSTEM_ADMIN)
def chain_heads() -> str:
    """The newest head that left the machine, and those of the week before."""
    with reading() as session:
        heads = last_heads(session)[: _EARLIER + 1]
        return render_template(
            "admin/system/chain_heads.html",
            book=book(session),
            head=heads[0] if heads else None,
            groups=in_groups(heads[0].digest).split() if heads else [],
            earlier=[(one.on, in_groups(one.digest)) for one in heads[1:]],
        )
