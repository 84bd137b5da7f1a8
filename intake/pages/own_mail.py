"""A reporter chooses mail on his own page: he leaves an address, or has the mails stopped."""

from __future__ import annotations

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from intake import progress
from intake.outbox.mailing import mail_reporter, stop_mailing
from intake.pages.blueprint import blueprint
from intake.pages.forms import MailForm, MoreWordsForm
from intake.pages.mail_offer import mailing_of, offers_mail
from intake.pages.own_case import Typed, case_page
from intake.pages.tries import not_too_often
from intake.vault.query_codes import read_code
from portal.foundation.database import reading, writing_soon
from portal.foundation.limits import limits

_LEFT = "已留邮箱。办公时间先发一封给您，说一声通了；没收到，看看垃圾邮件，或者再留一次。"
_STOPPED = "不再给您发邮件了，邮箱删掉了。"
_OVER = "这件已经结束，没有新消息要告诉您，邮箱没有留。"
_CLIENT, _ADDRESS = "mail-client", "mail-address"


@blueprint.post("/progress/mail")
def leave_mail() -> ResponseReturnValue:
    """Take a mail address for the news of a case, and confirm it by a first mail."""
    form = _asked()
    if not form.validate():
        return _page(form, status=form.refusal)
    with reading() as session:
        # Who has no code uses up nobody's tries.
        progress.look_up(session, str(form.query_code.data))
    verdict = limits.hit(_CLIENT, limits.client_key())
    if not verdict.allowed:
        minutes = -(-verdict.retry_after // 60)
        form.mail.errors = [f"留邮箱的次数太多了，请过{minutes}分钟再试"]
        answer = _page(form, status=429)
        answer.headers["Retry-After"] = str(verdict.retry_after)
        return answer
    # What is refused here isn't said: it would tell that others left the same address today.
    confirm = limits.hit(_ADDRESS, form.mail.address).allowed
    with writing_soon() as session:
        found = progress.look_up(session, str(form.query_code.data), to_change=True)
        offer = mailing_of(session, found)
        if offer:
            mail_reporter(session, found.all, form.mail.address, confirm=confirm)
    return _page(_blank(form), note=_LEFT) if offer else _page(form, note=_OVER, status=409)


@blueprint.post("/progress/mail/stop")
def stop_mail() -> ResponseReturnValue:
    """Forget the address."""
    form = _asked()
    if not form.has_good_token:
        return _page(form, status=form.refusal)
    with writing_soon() as session:
        found = progress.look_up(session, str(form.query_code.data), to_change=True)
        stop_mailing(session, found.all)
    return _page(_blank(form), note=_STOPPED)


def _asked() -> MailForm:
    not_too_often()
    if not offers_mail():
        abort(404)
    return MailForm(request.form)


def _blank(form: MailForm) -> MailForm:
    return MailForm(None, query_code=read_code(str(form.query_code.data)))


def _page(form: MailForm, *, note: str = "", status: int = 200) -> Response:
    code = str(form.query_code.data)
    words = MoreWordsForm(None, query_code=read_code(code))
    with reading() as session:
        found = progress.look_up(session, code)
        return case_page(session, found, Typed(words, mailing=form), note=note, status=status)
