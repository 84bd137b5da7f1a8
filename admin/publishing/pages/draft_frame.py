"""What the desks of results, notices, lists, policies and figures do alike with a draft: show it as
the public will read it, act on it, send it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from flask import redirect, render_template, request
from sqlalchemy.orm import Session

from admin.publishing.desk import (
    LeaksOpen,
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.located import Found
from admin.publishing.pages.comparing import Comparing
from admin.publishing.pages.forms import SendBackForm
from admin.publishing.pages.room import Answer, publisher, whole
from admin.publishing.publishing_list import names_of
from portal.foundation.database import reading, writing

DONE = {
    "drafted": "已起草，等另一位同事审读。",
    "mended": "已改好，等另一位同事审读。",
    "answered": "说明已记下。",
    "released": "已发布，公众现在能看到。",
    "sent-back": "已退回修改。",
}
WHY: dict[type[Exception], str] = {
    SomebodyWasFaster: "您打开这一页以后，这一稿有了变化。请再看一遍。",
    NotADraft: "这一稿现在不能这样办了。",
    NeedsSecondReader: "您起草或改过这一稿，要由另一位同事审读、发布。",
    LeaksOpen: "还有查到的地方没改，也没说明，不能发布。",
    NeedsText: "请至少写一条说明。",
}


class Draft(Protocol):
    """A draft, whose version counts its changes."""

    version: Any


Drafted = TypeVar("Drafted", bound=Draft)
Act = Callable[[Session, Drafted, Publisher, int], str | None]


@dataclass(frozen=True, kw_only=True)
class DraftPages(Generic[Drafted]):
    """The pages of one desk's drafts, each known by a `key` in its address.

    `find(session, key, to_change=…)` gives the draft or 404, `page(key, done=…, why=…, typed=…)`
    shows it, `send_back(session, draft, by=…, version=…, reason=…)` sends it back, and `called` is
    its name there. `after` says what follows then, `hint` what the reason shouldn't say. A text
    of `why` may hold the refusal's own words: {}.
    """

    find: Callable[..., Drafted]
    page: Callable[..., str]
    address: Callable[[Any], str]
    called: Callable[[Session, Drafted], str]
    send_back: Callable[..., None]
    comparing: Comparing[Drafted]
    done: Mapping[str, str] = field(default_factory=lambda: DONE)
    why: Mapping[type[Exception], str] = field(default_factory=lambda: WHY)
    after: str = "这一稿回到起草的同事那里，改好再审读。您写的，只有发布的同事能看到。"
    hint: str = ""
    # Whoever is signed in, before something is changed.
    who_changes: Callable[[Session], Publisher] = publisher

    def said(self, refusal: Exception) -> str:
        """What a reader is told about a refusal, and what to do next."""
        return self.why[type(refusal)].format(refusal)

    def read(self, key: Any) -> str:
        """Show it, and what was just done."""
        return self.page(key, done=self.done.get(request.args.get("done", ""), ""))

    def do(
        self,
        key: Any,
        name: str,
        act: Act[Drafted],
        *,
        typed: Mapping[str, str] | None = None,
        to: str = "",
    ) -> Answer:
        """Do something to it, called `name` unless the act says another, and go on to its page or
        `to`; or show it as it is now and say why it wasn't done."""
        try:
            with writing() as session:
                me = self.who_changes(session)
                found = self.find(session, key, to_change=True)
                done = act(session, found, me, whole(request.form.get("version"))) or name
        except tuple(self.why) as refusal:
            status = 422 if isinstance(refusal, NeedsText) else 409
            return self.page(key, why=self.said(refusal), typed=typed), status
        return redirect(f"{to or self.address(key)}?done={done}", 303)

    def compare(self, key: Any) -> None:
        """Hold it against every case, once it is written."""
        self.comparing.compare(key, self.find)

    def release(self, key: Any, act: Act[Drafted], name: str = "released") -> Answer:
        """Release it, held against every case once more: one may have come in between."""
        self.compare(key)
        return self.do(key, name, act)

    def ask_send_back(self, key: Any) -> str:
        """Ask what has to change."""
        with reading() as session:
            publisher(session)
            found = self.find(session, key)
            called = self.called(session, found)
        form = SendBackForm(formdata=None, data={"version": str(found.version)})
        return self._ask(key, called, form)

    def do_send_back(self, key: Any) -> Answer:
        """Send it back, or give the form back with what was typed."""
        form = SendBackForm()
        try:
            with writing() as session:
                me = self.who_changes(session)
                found = self.find(session, key, to_change=True)
                now, called = found.version, self.called(session, found)
                if not form.validate():
                    return self._ask(key, called, form), 422
                version, reason = whole(form.version.data), form.reason.data or ""
                self.send_back(session, found, by=me, version=version, reason=reason)
        except NeedsText:
            form.form_errors.append("内容是空的，请写几句")
            return self._ask(key, called, form), 422
        except (SomebodyWasFaster, NotADraft) as refusal:
            form.version.data = str(now)
            return self._ask(key, called, form, why=self.said(refusal)), 409
        return redirect(f"{self.address(key)}?done=sent-back", 303)

    def _ask(self, key: Any, called: str, form: SendBackForm, *, why: str = "") -> str:
        return render_template(
            "admin/publishing/send_back.html",
            called=called,
            back=self.address(key),
            after=self.after,
            hint=self.hint,
            form=form,
            why=why,
        )


def explanations() -> dict[str, str]:
    """What was written about findings that stay, by their keys."""
    typed = request.form
    return dict(zip(typed.getlist("finding"), typed.getlist("answer"), strict=False))


def names_behind(session: Session, known: set[int], found: Sequence[Found]) -> dict[int, str]:
    """The names of whoever is known to have had a hand in a draft, or answered for a finding."""
    return names_of(session, known | {one.answer.staff_id for one in found if one.answer})


def framed(
    found: Sequence[Any],
    *,
    place: Callable[[Any], str] = lambda _one: "",
    done: str = "",
    why: str = "",
    typed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What `templates/admin/publishing/draft_frame.html` shows of every draft; `place` says where a
    finding stands."""
    return {
        "open_findings": [one for one in found if one.is_open],
        "answered": [one for one in found if not one.is_open],
        "place": place,
        "why": why,
        "typed": typed or {},
        "flash_messages": [done] if done else [],
    }
