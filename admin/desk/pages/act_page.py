"""One act of a case: its page, and doing it."""

from __future__ import annotations

from flask import abort, render_template
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.another_officer import AnsweredBefore
from admin.desk.asking import NamesHandler, WrongDay
from admin.desk.assisting import DayIsOver
from admin.desk.case_file import (
    CaseFile,
    read_case,
    units_for_a_part,
    units_that_help,
    units_that_verify,
    units_to_ask,
    units_to_choose,
    units_to_verify,
)
from admin.desk.formal_answer import NeedsDocument
from admin.desk.gaps import GapsLeft
from admin.desk.hand import Hand, NeedsSecondPerson, NeedsText, SomebodyWasFaster, UnitIsBarred
from admin.desk.pages.act import Act
from admin.desk.pages.acts import ACTS
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.desk import Desk
from admin.desk.pages.forms import ActForm
from admin.desk.pages.gap_words import gaps_to_fill
from admin.desk.pages.list_place import back_to, carried, case_address
from admin.desk.returning import NeedsArbiter, TooLateToReturn
from admin.files.file_field import comes_back
from intake.rules.formal_documents import DocumentKind
from intake.rules.lifecycle import MoveNotAllowed
from portal.campaign.kinds import Kind
from portal.foundation.database import reading, writing
from portal.foundation.staff import AT_A_DESK
from portal.foundation.uploads import takes_attachments

_REFUSALS = (
    SomebodyWasFaster,
    MoveNotAllowed,
    NeedsSecondPerson,
    UnitIsBarred,
    TooLateToReturn,
)
_WANTING: dict[type[Exception], str] = {
    NeedsArbiter: "这件第三次退回了，要由裁定单位来定：请写明哪天、谁定的",
    NamesHandler: "举报人不知道由哪个单位、谁在办：请去掉本单位的名称和自己的姓名",
    WrongDay: "这一天不对：不能是以后的日子，也不能早于它前面的事",
    DayIsOver: "这一天已经过了，请写今天或者以后的日子",
}
# Which units an act's list offers.
_OFFERS = {
    "split": units_for_a_part,
    "assist": units_to_ask,
    "drop-assistance": units_that_help,
    "verify": units_to_verify,
    "drop-verification": units_that_verify,
}
Answer = str | tuple[str, int] | Response


@blueprint.get("/cases/<number>/<act>", endpoint="act")
@staff_only(*AT_A_DESK)
def act_page(number: str, act: str) -> Answer:
    """Show what an act will do, and ask for what it needs."""
    desk, file = _file(number, act)
    if act not in file.acts:
        return _page(desk, file, ACTS[act], _form(desk, file, ACTS[act], fresh=True)), 409
    return _page(desk, file, ACTS[act], _form(desk, file, ACTS[act], fresh=True))


@blueprint.post("/cases/<number>/<act>")
@takes_attachments
@staff_only(*AT_A_DESK)
def do_act(number: str, act: str) -> Answer:
    """Do it, and lead back to the list; or give the form back with what was typed and sent."""
    desk, file = _file(number, act)
    chosen = ACTS[act]
    form = _form(desk, file, chosen)
    status = _to_look_at_again(form, possible=act in file.acts)
    if status:
        return _page(desk, file, chosen, form), status
    try:
        with writing() as session:
            case = find_case(session, desk.access, number, to_change=True)
            chosen.run(session, case, Hand(desk.access, desk.book, form.seen), form)
    except NoSuchCase:
        abort(404)
    except NeedsText:
        form.form_errors.append("内容是空的，请写几句")
        return _page(desk, file, chosen, form), 422
    except tuple(_WANTING) as wanting:
        form.form_errors.append(_WANTING[type(wanting)])
        return _page(desk, file, chosen, form), 422
    except GapsLeft as left:
        form.form_errors.append(gaps_to_fill(left))
        return _page(desk, file, chosen, form), 422
    except NeedsDocument as wanting:
        return _page(desk, file, chosen, form, document=wanting.kind), 409
    except _REFUSALS as refusal:
        return _refused(number, act, form, refusal), 409
    view = carried(desk.access, desk.book)
    return back_to(view, desk.access.staff_id, [f"{chosen.done}：{number}。"])


def _to_look_at_again(form: ActForm, *, possible: bool) -> int:
    """With which status a form comes back before anything is tried: something is wrong with it, or
    its writer wants to add files. 0 where it doesn't."""
    status = comes_back(form)
    return 409 if status and not possible else status


def _file(number: str, act: str) -> tuple[Desk, CaseFile]:
    """The case as it is now. An act that doesn't exist and a case that doesn't answer alike."""
    if act not in ACTS:
        abort(404)
    with reading() as session:
        desk = Desk.of(session)
        try:
            return desk, read_case(session, desk.access, desk.book, number)
        except NoSuchCase:
            abort(404)


def _form(desk: Desk, file: CaseFile, act: Act, *, fresh: bool = False) -> ActForm:
    """The act's form: as it was posted, or fresh, with the present version of the case."""
    seen = {"version": str(file.case.version), "list": carried(desk.access, desk.book).query}
    form = act.form(formdata=None, data=seen) if fresh else act.form()
    wanted = _OFFERS.get(act.slug, units_to_choose)
    form.offer(desk.book, file, wanted(file, desk.book))
    if fresh:
        form.begin_with(desk.book, file)
    return form


def _refused(number: str, act: str, form: ActForm, refusal: Exception) -> str:
    """The page with the text as it was typed and the case as it is now, to look and press again."""
    desk, file = _file(number, act)
    form.version.data = str(file.case.version)
    if isinstance(refusal, NeedsSecondPerson):
        why = (
            "要由另一个人来定：写的人、报批的人不能自己批，替单位负责人审签的人不能再代办公室审核。"
        )
    elif isinstance(refusal, TooLateToReturn):
        why = "交办满五个工作日，不能再退。请和办公室商量，由办公室改派。"
    elif isinstance(refusal, UnitIsBarred):
        why = "这个单位刚刚被标为被反映的单位，要回避。"
    elif isinstance(refusal, AnsweredBefore):
        why = "这件重办，要换人答复：您经办过、写过或者发过原来的答复，请同事来写。"
    elif isinstance(refusal, SomebodyWasFaster):
        why = "您打开这一页以后，这件有了变化。"
    else:
        why = "这件现在不能这样办了。"
    return _page(desk, file, ACTS[act], form, why=why)


def _page(
    desk: Desk,
    file: CaseFile,
    act: Act,
    form: ActForm,
    *,
    why: str = "",
    document: DocumentKind | None = None,
) -> str:
    possible = act.slug in file.acts
    if not possible and not why:
        why = "这件现在不能这样办。"
    return render_template(
        "admin/desk/act.html",
        act=act,
        case=file.case,
        file=file,
        form=form,
        possible=possible,
        why=why,
        document=document,
        suggested=_suggested(file),
        latest=file.events[0] if why and file.events else None,
        back=case_address(file.case.number, carried(desk.access, desk.book)),
    )


def _suggested(file: CaseFile) -> str:
    """Which other kind the words look like, where that is doubted."""
    kind = file.decision.suggested_kind if file.decision else None
    return Kind(kind).official if kind and file.case.doubted else ""
