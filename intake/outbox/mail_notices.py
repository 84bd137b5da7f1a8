"""What a reporter is told by mail when something happens to his case, and a member of staff when
something waits for him.

Mails lie about for years, and whoever runs a mailbox can read them. So none holds a word of the
case, a unit or a code; of the site it names the address, and the code isn't part of that. Of a
tip-off it says that there is news, without its number. What stands above a mail is the same for
all.
"""

from __future__ import annotations

from collections.abc import Mapping

from intake.outbox.notices import TITLES, Occasion

CONFIRM, STAFF_NEWS, STAFF_ACCOUNT = "mail_wanted", "staff_news", "staff_account"
STAFF_MAIL_MOVED = "staff_mail_moved"

_LOOK = "请上{site}，凭查询码看。问事打{hotline}。"
_STOP = "不想再收邮件，也在那一页停。这个邮箱只发不收，请不要回信。"
# The names are stored with each message: never rename one.
MAIL_NOTICES: Mapping[str, str] = {
    CONFIRM: "有人留了这个邮箱，说想收通知。有新消息，我们往这里发邮件，邮件里不写是什么事。"
    "不是您留的，打{hotline}，我们就停。看进展，请上{site}，凭查询码看。" + _STOP,
    "news": "有新消息。" + _LOOK + _STOP,
    "replied": "编号{number}有答复了。" + _LOOK + _STOP,
    "asked": "编号{number}：我们有事要问您。" + _LOOK + _STOP,
    "correction_asked": "编号{number}：申请要补正，最晚{date}。" + _LOOK + _STOP,
    "given_up": "编号{number}：没有补正，不再处理。" + _LOOK + _STOP,
    "extended": "编号{number}：要多办几天，最晚{date}答复。" + _LOOK + _STOP,
    "declined": "编号{number}不在这里办，该找哪里写在网上。" + _LOOK + _STOP,
    "kind_changed": "编号{number}换了一类来办，您的权利不变。" + _LOOK + _STOP,
    "reopened": "编号{number}换人再办一次。" + _LOOK + _STOP,
    "closed": "编号{number}办完了。办得怎么样，请在网上答。" + _LOOK + _STOP,
    "pictures_lost": "编号{number}：有图片没有收下，请在网上再传。" + _LOOK + _STOP,
    STAFF_NEWS: "有新的待办，请登录工作台查看。不想再收，在“我的账号”里停。"
    "这个邮箱只发不收，请不要回信。",
    STAFF_ACCOUNT: "有人改动了您的账号：岗位，或者登录的办法。请登录工作台，在“我的账号”里看。"
    "不是您要的，马上打电话告诉办公室负责人。这个邮箱只发不收，请不要回信。",
    STAFF_MAIL_MOVED: "您在工作台留的邮箱换了，或者停了，以后不再往这里发邮件。"
    "不是您自己办的，马上打电话告诉办公室负责人。这个邮箱只发不收，请不要回信。",
}
_SUBJECTS: Mapping[str, str] = {
    CONFIRM: "以后用邮件通知您",
    STAFF_NEWS: "有新的待办",
    STAFF_ACCOUNT: "您的账号有改动",
    STAFF_MAIL_MOVED: "以后不再往这里发邮件",
}
_SUBJECT = "有新消息"
# What each is about, for those who never see the case.
MAIL_TITLES: Mapping[str, str] = {name: TITLES[name] for name in MAIL_NOTICES if name in TITLES} | {
    CONFIRM: "邮箱留好了",
    STAFF_NEWS: "工作人员有新的待办",
    STAFF_ACCOUNT: "工作人员的账号有改动",
    STAFF_MAIL_MOVED: "工作人员换了邮箱，告诉原来的",
}


def mail_template_of(occasion: Occasion, *, is_tip_off: bool) -> str:
    """The mail by which a reporter hears of something."""
    return "news" if is_tip_off or occasion is Occasion.TOLD else occasion.value


def subject_of(template: str) -> str:
    """What stands above it."""
    return _SUBJECTS.get(template, _SUBJECT)


def worded_mail(template: str, values: Mapping[str, str]) -> str:
    """The mail that a template and its variables make."""
    return MAIL_NOTICES[template].format_map(values)


def as_mail_table() -> str:
    """The wordings as a Markdown table, for the page in docs/ that the office proof-reads."""
    rows = [f"| `{name}` | {subject_of(name)} | {said} |" for name, said in MAIL_NOTICES.items()]
    return "\n".join(["| name | subject | wording |", "|---|---|---|", *rows]) + "\n"
