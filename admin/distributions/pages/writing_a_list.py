"""Drafting a list of recipients and drafting it anew. The file is read in memory and let go."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.distributions import drafting, list_texts
from admin.distributions.distribution_draft import DistributionDraft
from admin.distributions.list_texts import ListTexts
from admin.distributions.pages.blueprint import blueprint, the_draft
from admin.distributions.pages.drafts import lists
from admin.distributions.pages.forms import ListForm
from admin.distributions.pages.typed_list import Upload, texts_of
from admin.publishing.desk import PUBLISHING_ROLES, NotADraft, Publisher, SomebodyWasFaster
from admin.publishing.pages.room import Answer, links, publisher, whole
from admin.sheets.uploaded import MOST_BYTES, BadSheet
from portal.campaign.distribution_rule import DistributionRule
from portal.foundation.database import reading, writing
from portal.foundation.uploads import takes_file, uploaded_file
from portal.published.distributing import NamesOfDiscreet

_CHANGED = "您打开这一页以后，这一稿有了变化。"
_SUMS_NOW = "这项补贴现在只公布合计，这一稿不能再用。请点“不公布了”，另起一稿。"


@blueprint.get("/publishing/distributions/new")
@staff_only(*PUBLISHING_ROLES)
def new_list() -> str:
    """Ask which policy, and then for the list."""
    with reading() as session:
        me = publisher(session)
    policy = request.args.get("policy", "")
    if policy not in me.book.policies:
        return render_template("admin/distributions/policy.html", book=me.book)
    form = ListForm(formdata=None, data={"days": DistributionRule.of(me.book.campaign).days})
    form.offer(me.book, policy)
    return _page(me, form, policy)


@blueprint.post("/publishing/distributions/new")
@staff_only(*PUBLISHING_ROLES)
@takes_file(MOST_BYTES)
def write_list() -> Answer:
    """Store the draft, names masked, or give the form back with what was typed."""
    with reading() as session:
        me = publisher(session)
    policy = request.args.get("policy", "")
    if policy not in me.book.policies:
        return redirect(links().new_list(), 303)
    form = ListForm()
    form.offer(me.book, policy)
    # A spreadsheet takes its time, and nobody waits for it in the queue of those who write.
    texts, problems = _read(form, Upload(uploaded_file()), me)
    if texts is None:
        return _page(me, form, policy, problems=problems), 422
    with writing() as session:
        draft = drafting.draft_list(
            session, by=publisher(session), policy=policy, street=form.street.data, texts=texts
        )
    lists.compare(draft.number)
    return redirect(f"{links().list_draft(draft.number)}?done=drafted", 303)


@blueprint.get("/publishing/distributions/<number>/text")
@staff_only(*PUBLISHING_ROLES)
def text(number: str) -> Answer:
    """Show what was typed, to be written anew; the rows stay unless others are uploaded."""
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, number)
        if not draft.is_open:
            return redirect(links().list_draft(number), 303)
        texts = list_texts.unseal(session, draft, me.office)
    data: dict[str, Any] = {
        **{name: getattr(texts, name) for name in ("paid_from", "paid_to", "standard")},
        **{name: getattr(texts, name) for name in ("telephone", "days", "starts_on")},
        "street": draft.place_code,
        "version": str(draft.version),
    }
    if draft.sums_only:
        data |= {"people": texts.people, "amount": texts.amount}
    form = ListForm(formdata=None, data=data)
    form.offer(me.book, draft.policy_code, draft.place_code)
    return _page(me, form, draft.policy_code, draft=draft, because=texts.sent_back_because)


@blueprint.post("/publishing/distributions/<number>/text")
@staff_only(*PUBLISHING_ROLES)
@takes_file(MOST_BYTES)
def mend(number: str) -> Answer:
    """Store it anew, or give the form back with what was typed."""
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, number)
    form = ListForm()
    form.offer(me.book, draft.policy_code, draft.place_code)
    texts, problems = _read(form, Upload(uploaded_file(), has_rows=True), me)
    if texts is None:
        return _page(me, form, draft.policy_code, draft=draft, problems=problems), 422
    try:
        with writing() as session:
            draft = the_draft(session, number, to_change=True)
            _mend(session, draft, whole(form.version.data), texts)
    except (SomebodyWasFaster, NotADraft):
        form.version.data = str(draft.version)
        return _page(me, form, draft.policy_code, draft=draft, why=_CHANGED), 409
    except NamesOfDiscreet:
        return _page(me, form, draft.policy_code, draft=draft, why=_SUMS_NOW), 409
    lists.compare(number)
    return redirect(f"{links().list_draft(number)}?done=mended", 303)


def _mend(session: Session, draft: DistributionDraft, version: int, texts: ListTexts) -> None:
    me = publisher(session)
    if drafting.must_be_sums(draft, me.book):
        raise NamesOfDiscreet(draft.policy_code)
    drafting.mend(session, draft, by=me, version=version, texts=texts)


def _read(form: ListForm, upload: Upload, me: Publisher) -> tuple[ListTexts | None, list[str]]:
    """The content of the draft, or what is wrong in the spreadsheet; what is wrong in a field
    stands beside it."""
    if not form.validate():
        return None, []
    try:
        return texts_of(form, upload, me.book), []
    except BadSheet as bad:
        return None, bad.problems


def _page(
    me: Publisher,
    form: ListForm,
    policy: str,
    *,
    draft: DistributionDraft | None = None,
    problems: list[str] | None = None,
    **more: str,
) -> str:
    return render_template(
        "admin/distributions/list.html",
        book=me.book,
        policy=me.book.policies[policy],
        form=form,
        draft=draft,
        problems=problems or [],
        most_days=DistributionRule.of(me.book.campaign).most_days,
        **more,
    )
