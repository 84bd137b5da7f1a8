"""Looking at a list as the public will, answering what was found, releasing it, sending it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.distributions import drafting, list_texts, release
from admin.distributions.distribution_draft import DistributionDraft
from admin.distributions.drafting import must_be_sums
from admin.distributions.findings import Located, findings
from admin.distributions.list_texts import ListTexts
from admin.distributions.pages.blueprint import blueprint, links, publisher, the_draft, whole
from admin.distributions.publication import publication
from admin.publishing.desk import (
    PUBLISHING_ROLES,
    LeaksOpen,
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.marked_text import marked
from admin.publishing.publishing_list import names_of
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.published.discretion import shows_rows, shows_sums
from portal.published.distributing import NamesOfDiscreet
from portal.published.distribution_row import ROWS

_DONE = {
    "drafted": "已起草，等另一位同事审读。表格本身没有留下，姓名已经盖住。",
    "mended": "已改好，等另一位同事审读。",
    "answered": "说明已记下。",
    "released": "已发布。",
    "sent-back": "已退回修改。",
    "withdrawn": "已撤下，名单删掉了。",
}
_WHY = {
    SomebodyWasFaster: "您打开这一页以后，这一稿有了变化。请再看一遍。",
    NotADraft: "这一稿现在不能这样办了。",
    NeedsSecondReader: "您起草或改过这一稿，要由另一位同事审读、发布。",
    LeaksOpen: "还有查到的地方没改，也没说明，不能发布。",
    NamesOfDiscreet: "这项补贴现在只公布合计，有姓名的稿不能发布。",
    NeedsText: "请至少写一条说明。",
}
Answer = str | tuple[str, int] | Response


@blueprint.get("/publishing/distributions/<number>")
@staff_only(*PUBLISHING_ROLES)
def draft(number: str) -> Answer:
    """The list as the public will read it, with what was found in it."""
    return _page(number, done=_DONE.get(request.args.get("done", "")))


@blueprint.post("/publishing/distributions/<number>/answers")
@staff_only(*PUBLISHING_ROLES)
def answer(number: str) -> Answer:
    """Keep what was written about findings that stay."""
    keys, typed = request.form.getlist("finding"), request.form.getlist("answer")
    written = dict(zip(keys, typed, strict=False))

    def act(session: Session, found: DistributionDraft, me: Publisher, version: int) -> None:
        drafting.answer(session, found, by=me, version=version, answers=written)

    return _act(number, "answered", act, typed=written)


@blueprint.post("/publishing/distributions/<number>/release")
@staff_only(*PUBLISHING_ROLES)
def release_list(number: str) -> Answer:
    """Release it."""

    def act(session: Session, found: DistributionDraft, me: Publisher, version: int) -> None:
        release.release(session, found, by=me, version=version)

    return _act(number, "released", act)


def _act(
    number: str,
    name: str,
    act: Callable[[Session, DistributionDraft, Publisher, int], None],
    *,
    typed: dict[str, str] | None = None,
) -> Answer:
    """Do something to a draft, or show it again as it is now and say why it wasn't done."""
    try:
        with writing() as session:
            me = publisher(session)
            found = the_draft(session, number, to_change=True)
            act(session, found, me, whole(request.form.get("version")))
    except tuple(_WHY) as refusal:
        status = 422 if isinstance(refusal, NeedsText) else 409
        return _page(number, why=_WHY[type(refusal)], typed=typed), status
    return redirect(f"{links().list_draft(number)}?done={name}", 303)


def _page(
    number: str, *, done: str | None = None, why: str = "", typed: dict[str, str] | None = None
) -> str:
    with reading() as session:
        me = publisher(session)
        found = the_draft(session, number)
        texts = list_texts.unseal(session, found, me.office) if found.is_open else None
        located = findings(texts, me.book) if texts else []
        known = {found.drafted_by, found.released_by or 0} | {
            one.answer.staff_id for one in located if one.answer
        }
        names = names_of(session, known)
    return render_template(
        "admin/distributions/draft.html",
        book=me.book,
        draft=found,
        texts=texts,
        open_findings=[one for one in located if one.is_open],
        answered=[one for one in located if not one.is_open],
        may_release=texts and release.may_release(found, texts, me),
        must_be_sums=must_be_sums(found, me.book),
        names=names,
        why=why,
        typed=typed or {},
        flash_messages=[done] if done else [],
        **(_as_published(found, texts, located, me) if texts else {}),
    )


def _as_published(
    found: DistributionDraft, texts: ListTexts, located: list[Located], me: Publisher
) -> dict[str, Any]:
    """What the public would read if it were released today, a page of its rows at a time."""
    one, rows = publication(found, texts, clock.today())
    page = max(1, whole(request.args.get("page", "1")))
    pages = max(1, -(-len(rows) // ROWS))
    if page > pages:
        abort(404)
    policy = me.book.policies[found.policy_code]
    passages = [passage for each in located for passage in each.passages]
    return {
        "one": one,
        "rows": rows[(page - 1) * ROWS : page * ROWS],
        "has_rows": shows_rows(one, policy),
        "has_sums": shows_sums(one, policy),
        "page": page,
        "pages": pages,
        "pieces": lambda text: marked(text, passages),
    }
