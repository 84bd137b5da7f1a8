"""Reading a draft of policies against what stands now: answering what was found, releasing it,
sending it back, throwing it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.policies import draft_content, drafting, release
from admin.policies.checks import Refused
from admin.policies.columns import NAMES
from admin.policies.drafting import NothingChanges
from admin.policies.pages.blueprint import blueprint, publisher, the_draft
from admin.policies.pages.shown import shown_of
from admin.policies.policy_draft import PolicyDraft
from admin.policies.proposal import differences, digest_of
from admin.publishing.desk import (
    PUBLISHING_ROLES,
    LeaksOpen,
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.located import Located
from admin.publishing.pages.forms import SendBackForm, whole
from admin.publishing.publishing_list import names_of
from admin.publishing.result_draft import DraftState
from portal.foundation.database import reading, writing

_DONE = {
    "drafted": "已存好，等另一位同事审读。",
    "answered": "说明已记下。",
    "released": "已发布，公众现在能看到。",
    "sent-back": "已退回修改。",
}
_WHY = {
    SomebodyWasFaster: "您打开这一页以后，这一稿或者政策清单有了变化。请再看一遍。",
    NotADraft: "这一稿现在不能这样办了。",
    NeedsSecondReader: "您起草或改过这一稿，要由另一位同事审读、发布。",
    LeaksOpen: "还有查到的地方没改，也没说明，不能发布。",
    NothingChanges: "这一稿要改的，政策清单里已经都是这样了。",
}
Answer = str | tuple[str, int] | Response
Act = Callable[[Session, PolicyDraft, Publisher, int], object]


@blueprint.get("/publishing/policies/drafts/<key>")
@staff_only(*PUBLISHING_ROLES)
def draft(key: str) -> str:
    """The draft beside what stands now, with what was found in it."""
    return _page(key, done=_DONE.get(request.args.get("done", "")))


@blueprint.post("/publishing/policies/drafts/<key>/answers")
@staff_only(*PUBLISHING_ROLES)
def answer(key: str) -> Answer:
    """Keep what was written about findings that stay."""
    keys, typed = request.form.getlist("finding"), request.form.getlist("answer")
    written = dict(zip(keys, typed, strict=False))

    def act(session: Session, found: PolicyDraft, me: Publisher, version: int) -> None:
        drafting.answer(session, found, by=me, version=version, answers=written)

    return _act(key, "answered", act, typed=written)


@blueprint.post("/publishing/policies/drafts/<key>/release")
@staff_only(*PUBLISHING_ROLES)
def release_draft(key: str) -> Answer:
    """Release it."""
    seen = request.form.get("seen", "")

    def act(session: Session, found: PolicyDraft, me: Publisher, version: int) -> None:
        release.release(session, found, by=me, version=version, seen=seen)

    return _act(key, "released", act)


@blueprint.post("/publishing/policies/drafts/<key>/drop")
@staff_only(*PUBLISHING_ROLES)
def drop_draft(key: str) -> Answer:
    """Throw it away."""

    def act(session: Session, found: PolicyDraft, me: Publisher, version: int) -> None:
        drafting.drop(session, found, by=me, version=version)

    return _act(key, "dropped", act, to=current_app.extensions["links"].policy_desk())


@blueprint.get("/publishing/policies/drafts/<key>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_back(key: str) -> str:
    """Ask what has to change."""
    with reading() as session:
        publisher(session)
        version = the_draft(session, key).version
    return _send_back_page(key, SendBackForm(formdata=None, data={"version": str(version)}))


@blueprint.post("/publishing/policies/drafts/<key>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_draft_back(key: str) -> Answer:
    """Send it back, or give the form back with what was typed."""
    form = SendBackForm()
    try:
        with writing() as session:
            me = publisher(session)
            found = the_draft(session, key, to_change=True)
            now = found.version
            if not form.validate():
                return _send_back_page(key, form), 422
            version, reason = whole(form.version.data), form.reason.data or ""
            release.send_back(session, found, by=me, version=version, reason=reason)
    except NeedsText:
        form.form_errors.append("内容是空的，请写几句")
        return _send_back_page(key, form), 422
    except (SomebodyWasFaster, NotADraft) as refusal:
        form.version.data = str(now)
        return _send_back_page(key, form, why=_WHY[type(refusal)]), 409
    return redirect(f"{_address(key)}?done=sent-back", 303)


def _act(
    key: str, name: str, act: Act, *, typed: dict[str, str] | None = None, to: str = ""
) -> Answer:
    """Do something to a draft, or show it again as it is now and say why it wasn't done."""
    try:
        with writing() as session:
            me = publisher(session, to_change=True)
            found = the_draft(session, key, to_change=True)
            act(session, found, me, whole(request.form.get("version")))
    except NeedsText:
        return _page(key, why="请至少写一条说明。"), 422
    except Refused as refused:
        return _page(key, why="；".join(one.what for one in refused.wrong)), 422
    except tuple(_WHY) as refusal:
        return _page(key, why=_WHY[type(refusal)], typed=typed), 409
    return redirect(f"{to or _address(key)}?done={name}", 303)


def _address(key: str) -> str:
    address: str = current_app.extensions["links"].policy_draft(key)
    return address


def _page(
    key: str, *, done: str | None = None, why: str = "", typed: dict[str, str] | None = None
) -> str:
    with reading() as session:
        me = publisher(session)
        found = the_draft(session, key)
        content = draft_content.unseal(session, found, me.office)
        over = found.state is DraftState.RELEASED
        located = [] if over else draft_content.findings(content, me.book)
        known = {found.drafted_by, found.released_by or 0} | {
            one.answer.staff_id for one in located if one.answer
        }
        names = names_of(session, known)
    return render_template(
        "admin/policies/draft.html",
        draft=found,
        content=content,
        proposal=content.proposal,
        policies=me.book.policies,
        shown=[] if over else shown_of(content.proposal, me.book),
        seen=digest_of(differences(content.proposal, me.book)),
        may_release=release.may_release(found, content, me),
        over=over,
        names=names,
        why=why,
        typed=typed or {},
        flash_messages=[done] if done else [],
        **_findings(located, me),
    )


def _findings(found: list[Located], me: Publisher) -> dict[str, Any]:
    """What was found, open or answered, and how the place of each is called."""

    def place(one: Located) -> str:
        code, _, name = one.field.partition(".")
        policy = me.book.policies.get(code)
        return f"{policy.name if policy else code}，{NAMES[name]}" if name else "什么变了"

    return {
        "open_findings": [one for one in found if one.answer is None],
        "answered": [one for one in found if one.answer],
        "place": place,
    }


def _send_back_page(key: str, form: SendBackForm, *, why: str = "") -> str:
    return render_template("admin/policies/send_back.html", key=key, form=form, why=why)
