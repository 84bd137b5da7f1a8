"""Changing one policy, or adding one, by a form: what comes of it is a draft like any other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import abort, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.policies import draft_content
from admin.policies.checks import Refused
from admin.policies.draft_content import DraftContent
from admin.policies.drafting import NothingChanges
from admin.policies.pages.blueprint import (
    blueprint,
    draft_asked,
    drafted_address,
    keep,
    the_draft,
    who_changes,
)
from admin.policies.pages.drafts import policies
from admin.policies.pages.forms import PolicyForm, as_typed
from admin.policies.proposal import proposed, standing, standing_version
from admin.publishing.desk import PUBLISHING_ROLES, NotADraft, Publisher, SomebodyWasFaster
from admin.publishing.pages.room import publisher, whole
from portal.campaign.book import Book
from portal.campaign.policy import SourceStatus
from portal.foundation import clock
from portal.foundation.database import reading, writing

_NEW = {"in_scope": "yes", "discreet": "yes", "sample": "no", "source_status": SourceStatus.MEMORY}
_NOTHING = "没有要改的：和现在的一样。"
_FASTER = "您打开这一页以后，这项补贴或者这一稿有了变化。"
Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class _Desk:
    """One policy on the desk of a publisher: by its code, empty for one that is to be added, and
    with the content and version of the draft that is written anew, if it is one. `as_of`: what was
    released for a later day is changed, not what stands now."""

    me: Publisher
    code: str
    draft: DraftContent | None
    version: int
    as_of: date | None

    @classmethod
    def of(cls, session: Session, code: str, *, to_change: bool = False) -> _Desk:
        """The desk; a policy that neither the list nor the draft knows has no page."""
        me = who_changes(session) if to_change else publisher(session)
        found = cls(me, code, None, 0, _day_asked(me.book, code))
        if draft_asked():
            draft = the_draft(session, draft_asked(), to_change=to_change)
            content = draft_content.unseal(session, draft, me.office)
            day = content.proposal.as_of
            found = replace(found, draft=content, version=draft.version, as_of=day)
        if code and code not in {*me.book.policies, *found.drafted}:
            abort(404)
        return found

    @property
    def drafted(self) -> dict[str, dict[str, object]]:
        """The fields that the draft would change, by the policies' codes."""
        changes = self.draft.proposal.changes if self.draft else {}
        return {code: dict(fields) for code, fields in changes.items()}

    @property
    def seen(self) -> str:
        """The version of what stands."""
        return standing_version(self.me.book, self.code, self.as_of)

    def form(self) -> PolicyForm:
        """The form with what stands, or what the draft would make of it."""
        now = standing(self.me.book, self.code, self.as_of)
        fields = as_typed({**now, **self.drafted.get(self.code, {})})
        proposal = self.draft.proposal if self.draft else None
        data = {
            **(fields or _NEW),
            "note": proposal.note if proposal else "",
            "holds_from": proposal.holds_from if proposal else self.as_of or clock.today(),
            "version": str(self.version),
            "seen": self.seen,
        }
        return PolicyForm(formdata=None, data=data)

    def page(self, form: PolicyForm, *, why: str = "") -> str:
        """The page with the form as it is."""
        form.offer(self.me.book)
        return render_template(
            "admin/policies/edit.html",
            form=form,
            code=self.code,
            policy=self.me.book.policies.get(self.code),
            why=why,
            as_of=self.as_of,
            because=self.draft.sent_back_because if self.draft else "",
            draft=draft_asked(),
        )


@blueprint.get("/publishing/policies/new")
@staff_only(*PUBLISHING_ROLES)
def new_policy() -> str:
    """Ask for a new policy."""
    return _ask("")


@blueprint.post("/publishing/policies/new")
@staff_only(*PUBLISHING_ROLES)
def add_policy() -> Answer:
    """Draft a new policy, or give the form back."""
    return _take("")


@blueprint.get("/publishing/policies/<code>/edit")
@staff_only(*PUBLISHING_ROLES)
def edit_policy(code: str) -> str:
    """Show one policy to be changed."""
    return _ask(code)


@blueprint.post("/publishing/policies/<code>/edit")
@staff_only(*PUBLISHING_ROLES)
def change_policy(code: str) -> Answer:
    """Draft the change, or give the form back."""
    return _take(code)


def _day_asked(book: Book, code: str) -> date | None:
    """The later day that the address names, if something was released for it."""
    history = book.histories.get(code)
    days = [one.holds_from for one in history.versions if one.waits] if history else []
    return next((day for day in days if str(day) == request.args.get("day")), None)


def _ask(code: str) -> str:
    with reading() as session:
        desk = _Desk.of(session, code)
    return desk.page(desk.form())


def _take(code: str) -> Answer:
    form = PolicyForm()
    with reading() as session:
        desk = _Desk.of(session, code)
    form.validate()
    if not code:
        form.blame_code(desk.me.book)
    fields = form.read(desk.me.book)
    if fields is None:
        return desk.page(form), 422
    try:
        with writing() as session:
            desk = _Desk.of(session, code, to_change=True)
            if form.seen.data != desk.seen:
                raise SomebodyWasFaster
            # Of a draft of several policies the others stay in it.
            wanted = {**desk.drafted, code or (form.code.data or "").strip(): fields}
            note, day = form.why
            proposal = proposed(wanted, desk.me.book, note=note, holds_from=day, as_of=desk.as_of)
            draft = keep(session, desk.me, proposal, whole(form.version.data))
    except Refused as refused:
        form.blame(refused.wrong)
        return desk.page(form), 422
    except NothingChanges:
        form.form_errors.append(_NOTHING)
        return desk.page(form), 422
    except (SomebodyWasFaster, NotADraft):
        form.seen.data, form.version.data = desk.seen, str(desk.version)
        return desk.page(form, why=_FASTER), 409
    policies.compare(draft.key)
    return redirect(drafted_address(draft), 303)
