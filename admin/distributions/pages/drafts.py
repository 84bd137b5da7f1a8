"""Looking at a list as the public will, answering what was found, releasing it, sending it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.distributions import drafting, list_texts, release
from admin.distributions.distribution_draft import DistributionDraft
from admin.distributions.drafting import must_be_sums
from admin.distributions.findings import Located, answered_in, findings
from admin.distributions.list_texts import ListTexts
from admin.distributions.pages.blueprint import blueprint, the_draft
from admin.distributions.publication import publication
from admin.publishing.desk import PUBLISHING_ROLES, Publisher
from admin.publishing.echoes import Echoes
from admin.publishing.marked_text import marked
from admin.publishing.pages.comparing import Comparing
from admin.publishing.pages.draft_frame import (
    DONE,
    WHY,
    DraftPages,
    explanations,
    framed,
    names_behind,
)
from admin.publishing.pages.room import Answer, links, publisher
from portal.foundation import clock
from portal.foundation.address_numbers import page_number
from portal.foundation.database import reading
from portal.published.discretion import shows_rows, shows_sums
from portal.published.distributing import NamesOfDiscreet
from portal.published.distribution_row import ROWS


def _page(key: str, **shown: Any) -> str:
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, key)
        kept = list_texts.unseal(session, draft, me.office) if draft.sealed else None
        texts = kept if draft.is_open else None
        found = findings(texts, me.book) if texts else answered_in(kept) if kept else []
        names = names_behind(session, {draft.drafted_by, draft.released_by or 0}, found)
    return render_template(
        "admin/distributions/draft.html",
        book=me.book,
        draft=draft,
        because=texts.sent_back_because if texts else "",
        may_release=texts is not None and release.may_release(draft, texts, me),
        must_be_sums=must_be_sums(draft, me.book),
        is_over=texts is None,
        names=names,
        **(_as_published(draft, texts, found, me) if texts else {}),
        **framed(found, **shown),
    )


def _texts(session: Session, draft: DistributionDraft, by: Publisher) -> Mapping[str, str]:
    """What is compared with every case: what is released or dropped isn't any more."""
    if not draft.is_open:
        return {}
    texts = list_texts.unseal(session, draft, by.office)
    return {f"{where} {at}": text for at, (where, text) in enumerate(texts.to_check)}


def _keep(session: Session, draft: DistributionDraft, by: Publisher, found: Echoes) -> None:
    drafting.note_echoes(session, draft, by=by, found=found)


lists = DraftPages(
    find=the_draft,
    page=_page,
    address=lambda key: links().list_draft(key),
    called=lambda _session, draft: draft.number,
    send_back=release.send_back,
    comparing=Comparing(desk="lists", texts=_texts, keep=_keep),
    done=DONE
    | {
        "drafted": "已起草，等另一位同事审读。表格本身没有留下，姓名已经盖住。",
        "released": "已发布。",
        "withdrawn": "已撤下，名单删掉了。",
    },
    why=WHY | {NamesOfDiscreet: "这项补贴现在只公布合计，有姓名的稿不能发布。"},
    hint="不写名单上谁的事，写第几行就行。",
)


@blueprint.get("/publishing/distributions/<number>")
@staff_only(*PUBLISHING_ROLES)
def draft(number: str) -> str:
    """The list as the public will read it, with what was found in it."""
    return lists.read(number)


@blueprint.post("/publishing/distributions/<number>/answers")
@staff_only(*PUBLISHING_ROLES)
def answer(number: str) -> Answer:
    """Keep what was written about findings that stay."""
    written = explanations()

    def act(session: Session, found: DistributionDraft, me: Publisher, version: int) -> None:
        drafting.answer(session, found, by=me, version=version, answers=written)

    return lists.do(number, "answered", act, typed=written)


@blueprint.post("/publishing/distributions/<number>/release")
@staff_only(*PUBLISHING_ROLES)
def release_list(number: str) -> Answer:
    """Release it."""

    def act(session: Session, found: DistributionDraft, me: Publisher, version: int) -> None:
        release.release(session, found, by=me, version=version)

    return lists.release(number, act)


@blueprint.get("/publishing/distributions/<number>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_back(number: str) -> str:
    """Ask what has to change."""
    return lists.ask_send_back(number)


@blueprint.post("/publishing/distributions/<number>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_list_back(number: str) -> Answer:
    """Send it back, or give the form back with what was typed."""
    return lists.do_send_back(number)


def _as_published(
    draft: DistributionDraft, texts: ListTexts, found: list[Located], me: Publisher
) -> dict[str, Any]:
    """What the public would read if it were released today, a page of its rows at a time."""
    one, rows = publication(draft, texts, clock.today())
    page = page_number(request.args.get("page"))
    pages = max(1, -(-len(rows) // ROWS))
    if page > pages:
        abort(404)
    policy = me.book.policies[draft.policy_code]
    passages = [passage for each in found for passage in each.passages]
    return {
        "one": one,
        "rows": rows[(page - 1) * ROWS : page * ROWS],
        "has_rows": shows_rows(one, policy),
        "has_sums": shows_sums(one, policy),
        "page": page,
        "pages": pages,
        "pieces": lambda text: marked(text, passages),
    }
