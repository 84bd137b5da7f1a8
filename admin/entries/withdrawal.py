"""The page by which an entry is withdrawn, for every room that has entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from admin.accounts.guard import staff_only
from admin.accounts.staff_form import StaffForm
from admin.entries.standing import AlreadyWithdrawn, NeedsReason, SomebodyWasFaster
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role

Answer = str | tuple[str, int] | Response
_TOO_LONG = Length(max=500, message="太长了，最多500字")


def reason_field(label: str) -> Any:
    """Why something that was said is changed."""
    return TextAreaField(label, [DataRequired("请写为什么"), _TOO_LONG])


class WithdrawForm(StaffForm):
    """Why an entry is withdrawn."""

    version = HiddenField()
    reason = reason_field("为什么撤回")


def whole(text: str | None) -> int:
    """A version as a form carries it; -1, which nothing has, where none was sent."""
    sent = text or ""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1


def why_not(noun: str) -> dict[type[Exception], str]:
    """What an entry's state refuses, in words; `noun` is what it is called, such as 这一条."""
    return {
        SomebodyWasFaster: f"您打开这一页以后，{noun}有人改过。请再看一遍。",
        AlreadyWithdrawn: f"{noun}已经撤回，不能再改。",
    }


@dataclass(frozen=True)
class Withdrawal:
    """How a room withdraws its entries. `find` gives, in a session, who is signed in and the entry
    of an address, held if `to_change`; `act` withdraws it; `there` is its address. `faults` are the
    refusals besides NeedsReason that blame the reason, and say so in `said`."""

    noun: str
    effect: str
    find: Callable[..., tuple[Any, Any]]
    act: Callable[..., None]
    there: Callable[..., str]
    hint: str | None = None
    faults: tuple[type[Exception], ...] = ()


def serve_withdrawal(blueprint: Blueprint, rule: str, *roles: Role, how: Withdrawal) -> None:
    """Serve the page under the rule of an entry."""

    @blueprint.get(f"{rule}/withdraw")
    @staff_only(*roles)
    def withdrawal(**place: Any) -> Answer:
        """Ask for the reason."""
        with reading() as session:
            _, found = how.find(session, **place)
        form = WithdrawForm(formdata=None, data={"version": str(found.version)})
        return _page(how, place, form)

    @blueprint.post(f"{rule}/withdraw")
    @staff_only(*roles)
    def withdraw(**place: Any) -> Answer:
        """Withdraw it, or give the form back with what was typed."""
        return _withdraw(how, place, WithdrawForm())


def _withdraw(how: Withdrawal, place: dict[str, Any], form: WithdrawForm) -> Answer:
    words = why_not(how.noun)
    blamed: tuple[type[Exception], ...] = (NeedsReason, *how.faults)
    try:
        with writing() as session:
            me, found = how.find(session, to_change=True, **place)
            now = found.version
            if not form.validate():
                return _page(how, place, form), 422
            version, reason = whole(form.version.data), form.reason.data or ""
            how.act(session, found, by=me, version=version, reason=reason)
    except blamed as refusal:
        form.reason.errors = [getattr(refusal, "said", "请写为什么")]
        return _page(how, place, form), 422
    except tuple(words) as refusal:
        form.version.data = str(now)
        return _page(how, place, form, why=words[type(refusal)]), 409
    return redirect(f"{how.there(**place)}?done=withdrawn", 303)


def _page(how: Withdrawal, place: dict[str, Any], form: WithdrawForm, *, why: str = "") -> str:
    return render_template(
        "admin/entries/withdrawal.html", how=how, back=how.there(**place), form=form, why=why
    )
