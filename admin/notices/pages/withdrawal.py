"""Taking a notice down."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.notices.pages.blueprint import blueprint, the_notice
from admin.notices.pages.forms import WithdrawNoticeForm
from admin.notices.withdrawing import withdraw
from admin.publishing.desk import PUBLISHING_ROLES, LeaksOpen, Publisher
from admin.publishing.pages.room import Answer, links
from admin.publishing.pages.withdraw_frame import WRONG, WithdrawPages
from portal.published.notice import Notice


def _withdraw(session: Session, notice: Notice, by: Publisher, form: WithdrawNoticeForm) -> None:
    reason, title = form.reason.data or "", form.title.data or ""
    withdraw(session, notice, by=by, because=reason, title=title)


_notices = WithdrawPages(
    find=the_notice,
    called=lambda notice: notice.title,
    path=lambda notice: f"/notices/{notice.slug}",
    form=WithdrawNoticeForm,
    withdraw=_withdraw,
    back=lambda: links().public_notices(),
    back_to="通知和案例",
    after=(
        "公众马上看不到正文和附件，只看到标题、哪天撤下、为什么。"
        "写过的都留在这里备查，改好可以再公布。"
    ),
    public=("title", "reason"),
    begins=lambda notice: {"title": notice.title},
    hints={
        "title": "公众可见。标题里有不该有的，在这里改掉。",
        "reason": "公众可见，一句话。",
    },
    wrong=WRONG
    | {LeaksOpen: "标题和原因公众也看得到，里面不要有姓名、号码、地址，不要照抄内部材料。换个说法"},
)


@blueprint.get("/publishing/notices/<slug>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def withdraw_notice(slug: str) -> str:
    """Ask why."""
    return _notices.ask(slug)


@blueprint.post("/publishing/notices/<slug>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def do_withdraw_notice(slug: str) -> Answer:
    """Take it down, or give the form back with what was typed."""
    return _notices.do(slug)
