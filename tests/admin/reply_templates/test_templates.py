"""The office keeps its templates: writes them, checks them, retires them, and counts their use."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from admin.reply_templates.reply_template import ReplyTemplateRevision
from admin.reply_templates.shipped import shipped
from tests.admin.desk.people import NOISE, TIP_OFF, Desks, hidden
from tests.admin.desk.reporter import page_of
from tests.admin.desk.sent_files import FORM, MACROS, SCAN, on_page, sends
from tests.intake.pages.files import kept
from tests.pages.checks import check_html

ROOM = "/staff/reply-templates"
TEXT = "您好。您的{{补贴}}在【哪天】补发了。{{单位}}，{{电话}}。"
FIRST = next(iter(shipped()))


def at_work(desks: Desks, **changed: Any) -> str:
    """A case whose reply may be drafted."""
    number = desks.case(**changed)
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    return number


def read(desks: Desks, name: str, path: str, status: int = 200) -> str:
    """A page, whose markup is checked on the way."""
    answer = desks.get(name, path)
    assert answer.status_code == status, (path, answer.status_code)
    assert status == 404 or check_html(answer.text, thorough=False) == []
    return unescape(answer.text)


def saved(
    desks: Desks, path: str = f"{ROOM}/new", name: str = "office", **typed: Any
) -> TestResponse:
    """Send a template's form."""
    page = desks.get(name, path).text
    fields = _form(page) | {"name": "补发了", "kinds": ["complaint"], "text": TEXT} | typed
    return desks.at(name).post(path, data=fields)


def _form(page: str) -> dict[str, str]:
    """The hidden fields of the form with the wording."""
    form = page[: page.index("</form>", page.index('name="seen"'))]
    return hidden(form + "</form>")


def key_of(desks: Desks, name: str = "补发了") -> str:
    listed = desks.get("office", ROOM).text
    return re.search(rf'reply-templates/([\w-]+)">{name}<', listed)[1]  # type: ignore[index]


def drafts(
    desks: Desks, number: str, do: str, name: str = "mz-officer", **typed: str
) -> TestResponse:
    """Send the form of drafting with templates, as it stands there."""
    path = f"/staff/cases/{number}/reply-templates"
    return desks.at(name).post(path, data=hidden(desks.get(name, path).text) | {"do": do} | typed)


def counted(desks: Desks, name: str, template: str) -> str:
    listed = desks.get(name, ROOM).text
    row = listed[listed.index(f"{template}</a>") :]
    return re.search(r'<td class="number">(\d+)<', row)[1]  # type: ignore[index]


def test_a_template_is_written_checked_and_used(desks_on_each: Desks) -> None:
    desks = desks_on_each
    wrong = saved(desks, text="您的{{补帖}}绝对保密")
    assert wrong.status_code == 422
    shown = unescape(wrong.text)
    assert "是不是“{{补贴}}”" in shown
    assert "不能写“绝对保密”" in shown
    assert "您的{{补帖}}绝对保密</textarea>" in shown
    # What the fields lack and what is wrong with the text is said at once.
    both = unescape(saved(desks, kinds=[], text="绝对保密").text)
    assert "请至少选一类" in both
    assert "不能写“绝对保密”" in both
    assert saved(desks).status_code == 303
    key, number = key_of(desks), at_work(desks)

    filled = drafts(desks, number, "add", template=key, words="先写了一句。")

    assert filled.status_code == 200
    assert check_html(filled.text, thorough=False) == []
    text = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", filled.text, re.DOTALL)[1])  # type: ignore[index]
    assert text.strip().startswith("先写了一句。\n\n您好。您的高龄津贴在【哪天】补发了。区民政局，")
    fields = hidden(filled.text) | {"do": "send"}
    path = f"/staff/cases/{number}/reply-templates"
    gaps = desks.at("mz-officer").post(path, data=fields | {"words": text})
    assert gaps.status_code == 422
    assert "“【哪天】”还没有填" in gaps.text
    assert "先写了一句。" in gaps.text
    done = desks.at("mz-officer").post(
        path, data=fields | {"words": text.replace("【哪天】", "6月8日")}
    )
    assert done.status_code == 303
    assert "在6月8日补发了" in desks.get("mz-head", f"/staff/cases/{number}").text
    assert counted(desks, "office", "补发了") == "1"


def test_the_desks_own_form_leaves_no_gap_either_and_hands_its_words_over(desks: Desks) -> None:
    registered = desks.register()
    number = registered.case.number
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    refused = desks.act("mz-officer", number, "draft", words="在【哪天】补发了")
    assert (refused.status_code, "“【哪天】”还没有填" in refused.text) == (422, True)
    assert "在【哪天】补发了</textarea>" in refused.text

    page = desks.get("mz-officer", f"/staff/cases/{number}").text
    assert f'formaction="/staff/cases/{number}/reply-templates"' in page
    fields = desks.form("mz-officer", number, "draft") | {"words": "写了一半的话"}
    over = desks.at("mz-officer").post(f"/staff/cases/{number}/reply-templates", data=fields)
    assert "写了一半的话" in over.text
    assert desks.stored(number).state == "accepted"
    assert "写了一半的话" not in page_of(desks, registered.query_code).text


def test_files_stay_while_templates_are_added(desks: Desks) -> None:
    saved(desks)
    number = at_work(desks)
    page = sends(desks, "mz-officer", number, "reply-templates", SCAN, words="查过了", do="add")
    assert page.status == 422  # No template was chosen yet.
    assert check_html(page.html) == []
    typed = {"template": key_of(desks), "do": "add"}
    page = sends(desks, "mz-officer", number, "reply-templates", FORM, page=page, **typed)
    assert (page.status, len(kept(page))) == (200, 2)
    refused = sends(
        desks, "mz-officer", number, "reply-templates", MACROS, page=page, words="查过了", do="send"
    )
    assert refused.status == 422
    assert "这个文件里有宏，不能收" in refused.text
    assert "查过了" in refused.html
    sent = sends(desks, "mz-officer", number, "reply-templates", page=refused, do="send")

    assert sent.status == 303
    assert len(on_page(desks, "mz-head", number, "reply")) == 2


def test_only_templates_of_the_cases_kind_are_offered(desks: Desks) -> None:
    number = at_work(desks)
    page = read(desks, "mz-officer", f"/staff/cases/{number}/reply-templates")
    offered = set(re.findall(r'name="template"[^>]*value="([\w-]+)"', page))
    assert offered == {k for k, one in shipped().items() if "complaint" in one.kinds}
    other = next(k for k, one in shipped().items() if "complaint" not in one.kinds)
    refused = drafts(desks, number, "add", template=other, words="写了的")
    assert (refused.status_code, "请选一个模板" in refused.text) == (422, True)
    assert "写了的" in refused.text


def test_of_two_who_write_it_anew_the_later_looks_again(desks_on_each: Desks) -> None:
    desks = desks_on_each
    path = f"{ROOM}/{FIRST}"
    seen = _form(desks.get("office", path).text)
    assert saved(desks, path, "office-head", text="负责人改的{{补贴}}").status_code == 303

    mine = {"name": "我的", "kinds": ["complaint"], "text": "我改的{{补贴}}"}
    late = desks.at("office").post(path, data=seen | mine)

    assert late.status_code == 409
    for text in ("我改的", "负责人改的", "同事改了这个模板"):
        assert text in late.text
    assert desks.at("office").post(path, data=_form(late.text) | mine).status_code == 303
    with desks.deployment.database.reading() as session:
        kept = session.scalars(select(ReplyTemplateRevision).order_by(ReplyTemplateRevision.id))
        # What the product brought along stays the first of them.
        assert [(one.revision, one.written_by is None) for one in kept] == [
            (1, True),
            (2, False),
            (3, False),
        ]


def test_what_is_retired_is_offered_to_nobody_until_it_is_restored(desks: Desks) -> None:
    number = at_work(desks)
    path = f"/staff/cases/{number}/reply-templates"
    fields = hidden(read(desks, "office", f"{ROOM}/{FIRST}"))
    assert desks.at("office").post(f"{ROOM}/{FIRST}/retire", data=fields).status_code == 303
    assert f'value="{FIRST}"' not in read(desks, "mz-officer", path)
    assert "停用的" in read(desks, "office", ROOM)
    fields = hidden(read(desks, "office", f"{ROOM}/{FIRST}"))
    assert desks.at("office").post(f"{ROOM}/{FIRST}/restore", data=fields).status_code == 303
    assert f'value="{FIRST}"' in read(desks, "mz-officer", path)


def test_nobody_but_the_office_keeps_templates(desks: Desks) -> None:
    for name in ("mz-officer", "mz-head", "discipline", "publisher", "auditor"):
        for path in (ROOM, f"{ROOM}/new", f"{ROOM}/{FIRST}"):
            assert desks.get(name, path).status_code == 404
    assert desks.get("office", f"{ROOM}/nonsense").status_code == 404


def test_a_count_tells_of_no_case_that_is_kept_from_its_reader(desks: Desks) -> None:
    desks.at("office")
    before = desks.get("office", ROOM).data
    number = desks.case(TIP_OFF, words="领导小组办公室有人收红包，贪污高龄津贴的钱")
    desks.through(number, ("discipline", "sign-for", ""), ("discipline", "accept", ""))
    sent = drafts(desks, number, "send", "discipline", used="tip-off-handled", words="查过了")
    assert sent.status_code == 303
    assert desks.get("office", ROOM).data == before
    assert desks.get("office", f"/staff/cases/{number}/reply-templates").status_code == 404


def test_another_units_case_is_none(desks: Desks) -> None:
    foreign = desks.case(NOISE)
    nowhere = desks.get("mz-officer", "/staff/cases/JH00000000/reply-templates").data
    assert desks.get("mz-officer", f"/staff/cases/{foreign}/reply-templates").data == nowhere
    assert (
        desks.get("mz-officer", f"/staff/cases/{desks.case()}/reply-templates").status_code == 409
    )


def test_words_stay_when_a_colleague_was_faster(desks: Desks) -> None:
    number = at_work(desks)
    path = f"/staff/cases/{number}/reply-templates"
    fields = hidden(desks.get("mz-officer", path).text) | {"do": "send", "words": "我写的答复"}
    desks.through(number, ("mz-second", "note", "电话打过了"))
    late = desks.at("mz-officer").post(path, data=fields)
    assert late.status_code == 409
    assert "有了变化" in late.text
    again = hidden(late.text) | {"do": "send", "words": "我写的答复"}
    assert desks.at("mz-officer").post(path, data=again).status_code == 303
