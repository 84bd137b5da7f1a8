"""What the desks of results, notices and figures do alike to take something down: say what follows,
ask for the sentence that stays, take it down at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from flask import redirect, render_template
from sqlalchemy.orm import Session

from admin.publishing.desk import LeaksOpen, NeedsText, Publisher
from admin.publishing.pages.comparing import repeats_a_case
from admin.publishing.pages.forms import WithdrawForm
from admin.publishing.pages.room import Answer, publisher
from admin.publishing.withdrawing import AlreadyWithdrawn
from portal.foundation.database import reading, writing
from portal.published.appearance import appearances_of

WRONG: dict[type[Exception], str] = {
    NeedsText: "内容是空的，请写几句",
    LeaksOpen: "原因公众也看得到，里面不要有姓名、号码、地址，不要照抄内部材料。换个说法",
}
LATE: dict[type[Exception], str] = {AlreadyWithdrawn: "另一位同事刚刚撤下了。"}
Standing = TypeVar("Standing")
Form = TypeVar("Form", bound=WithdrawForm)


@dataclass(frozen=True, kw_only=True)
class WithdrawPages(Generic[Standing, Form]):
    """The pages on which one desk takes things down, each known by a `key` in its address.

    `find(session, key, to_change=…)` gives what stands or 404, `called` names it, under `path` it
    is read here, `begins` is what the form says when it is opened, `public` names the texts of the
    form that stay on the public site. `after` says what follows. A text of `wrong`, beside the
    reason, and of `late` may hold the refusal itself: {0}.
    """

    find: Callable[..., Standing]
    called: Callable[[Standing], str]
    path: Callable[[Standing], str]
    form: type[Form]
    withdraw: Callable[[Session, Standing, Publisher, Form], None]
    back: Callable[[], str]
    back_to: str
    after: str
    public: tuple[str, ...] = ("reason",)
    begins: Callable[[Standing], dict[str, Any]] = lambda _standing: {}
    hints: Mapping[str, str] = field(default_factory=lambda: {"reason": "公众可见，一句话。"})
    wrong: Mapping[type[Exception], str] = field(default_factory=lambda: WRONG)
    late: Mapping[type[Exception], str] = field(default_factory=lambda: LATE)

    def ask(self, key: str) -> str:
        """Ask why."""
        with reading() as session:
            publisher(session)
            found = self.find(session, key)
            said = self._said(session, found)
            form = self.form(formdata=None, data=self.begins(found))
        return self._page(said, form)

    def do(self, key: str) -> Answer:
        """Take it down, or give the form back with what was typed."""
        form = self.form()
        with reading() as session:
            publisher(session)
            found = self.find(session, key)
            said, now = self._said(session, found), self.begins(found)
        if not form.validate():
            return self._page(said, form), 422
        try:
            self._refuse_echoes(key, form, now)
            with writing() as session:
                me = publisher(session)
                found = self.find(session, key, to_change=True)
                said, now = self._said(session, found), self.begins(found)
                self.withdraw(session, found, me, form)
        except tuple(self.wrong) as refusal:
            form.reason.errors = [self.wrong[type(refusal)].format(refusal)]
            return self._page(said, form), 422
        except tuple(self.late) as refusal:
            form.version.data = now.get("version", "")
            return self._page(said, form, why=self.late[type(refusal)].format(refusal)), 409
        return redirect(f"{self.back()}?done=withdrawn", 303)

    def _refuse_echoes(self, key: str, form: Form, now: Mapping[str, Any]) -> None:
        """Refuse what repeats words of a case; of what stands there already nobody asks again."""
        typed = {name: form[name].data or "" for name in self.public}
        fresh = {name: text for name, text in typed.items() if text.strip() != now.get(name)}
        if repeats_a_case(fresh, "withdrawals", key):
            raise LeaksOpen

    def _said(self, session: Session, found: Standing) -> dict[str, Any]:
        """What is called so, and where else it stands."""
        copies = appearances_of(session, self.path(found))
        return {"called": self.called(found), "copies": copies}

    def _page(self, said: Mapping[str, Any], form: Form, *, why: str = "") -> str:
        return render_template(
            "admin/publishing/withdraw.html",
            **said,
            back=self.back(),
            back_to=self.back_to,
            after=self.after,
            hints=self.hints,
            form=form,
            why=why,
        )
