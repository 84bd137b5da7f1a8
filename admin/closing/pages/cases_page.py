"""The open cases with what was decided about them, and deciding about several at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import redirect, render_template, request
from sqlalchemy.orm import Session

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.closing import deciding
from admin.closing.open_cases import Part, Sums, Wanted, count, decides_about, read_page
from admin.closing.pages.blueprint import (
    DECIDING,
    Answer,
    blueprint,
    deciding_desk,
    list_address,
)
from admin.closing.pages.forms import DecideForm
from admin.desk.due_words import left_until
from admin.desk.hand import Hand, SomebodyWasFaster, UnitIsBarred
from admin.desk.pages import done
from admin.desk.pages.case_page import subject_of
from admin.desk.pages.desk import Desk
from intake.cases.case import NO_DUE_DATE, Case
from intake.cases.continuation import Continuation, Way
from intake.going_on import target_of
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation import clock
from portal.foundation.database import reading, writing

BOX = "case"
_ALL = "all"
_MOST_SAID = 10


@dataclass(frozen=True)
class Came:
    """What came of the ticked cases: those it was done to, and a sentence for each other."""

    done: list[str]
    refused: dict[str, str]


@dataclass(frozen=True)
class Shown:
    """A list with its form as it was typed; `ticked` is None where the whole page is."""

    wanted: Wanted
    form: DecideForm
    ticked: Collection[str] | None = ()
    refused: Collection[str] = ()


@blueprint.get("/closing/cases", endpoint="cases")
@staff_only(*DECIDING)
def cases_page() -> str:
    """Show one list; all of its page ticked where that was asked for."""
    with reading() as session:
        desk = deciding_desk(session)
        wanted = Wanted.read(request.args, desk.book)
        form = DecideForm(formdata=None, data={"list": wanted.query})
        form.offer(desk.book)
        shown = Shown(wanted, form, None if request.args.get(_ALL) else ())
        return _page(session, desk, shown, done.unpack(desk.access.staff_id))


@blueprint.post("/closing/cases")
@staff_only(*DECIDING)
def decide_several() -> Answer:
    """Decide about the ticked cases one by one; what refuses stays ticked, with its reason."""
    form, ticked = DecideForm(), request.form.getlist(BOX)[:200]
    with reading() as session:
        desk = deciding_desk(session)
        form.offer(desk.book)
        wanted = Wanted.read(dict(parse_qsl((form.list.data or "")[:300])), desk.book)
        fine = form.validate()
        if fine and not ticked:
            form.form_errors.append("还没有勾，请勾上要定的件")
        if form.errors:
            return _page(session, desk, Shown(wanted, form, ticked)), 422
    with writing() as session:
        came = _decide(session, deciding_desk(session), ticked, form)
    said = _said(came, Way(form.way.data))
    if came.refused:
        with reading() as session:
            desk = deciding_desk(session)
            shown = Shown(wanted, form, came.refused, list(came.refused.values()))
            return _page(session, desk, shown, said), 409
    packed = urlencode({done.FIELD: done.pack(desk.access.staff_id, said)})
    return redirect(f"{list_address(wanted.but())}&{packed}", 303)


def _decide(session: Session, desk: Desk, ticked: Iterable[str], form: DecideForm) -> Came:
    """A refusal comes before anything of its case was changed, so the others go on."""
    came = Came([], {})
    for value in ticked:
        number, _, version = value.partition(".")
        seen = int(version) if version.isascii() and version.isdecimal() else 0
        try:
            case = find_case(session, desk.access, number, to_change=True)
            deciding.decide(session, case, Hand(desk.access, desk.book, seen), form.onward)
        except NoSuchCase:
            came.refused[value] = f"{number[:20]}：没有找到这件。"
        except SomebodyWasFaster:
            came.refused[value] = f"{number}：您打开列表以后它有了变化，请再看一看，再勾上。"
        except UnitIsBarred:
            came.refused[value] = f"{number}：要回避这个单位，请移交给别的单位，或者留办。"
        except MoveNotAllowed:
            came.refused[value] = (
                f"{number}：已经受理或者答复，不能换单位。请留办，由现在的单位办完。"
            )
        else:
            came.done.append(number)
    return came


def _said(came: Came, way: Way) -> list[str]:
    if not came.done:
        return []
    named = "、".join(came.done[:_MOST_SAID]) + ("等" if len(came.done) > _MOST_SAID else "")
    return [f"已定{way.official}{len(came.done)}件：{named}。"]


def _page(session: Session, desk: Desk, shown: Shown, said: Collection[str] = ()) -> str:
    wanted = shown.wanted
    page = read_page(session, desk.access, desk.book, wanted)
    numbers = {one.partition(".")[0] for one in shown.ticked or ()}
    return render_template(
        "admin/closing/cases.html",
        form=shown.form,
        box=BOX,
        wanted=wanted,
        tabs_items=_tabs(session, desk, wanted),
        unit=desk.book.unit_name(wanted.unit),
        lines=[
            _line(*row, desk, ticked=shown.ticked is None or row[0].number in numbers)
            for row in page.rows
        ],
        tick_all=f"{list_address(wanted)}&{_ALL}=1" if shown.ticked is not None else "",
        refused=shown.refused,
        flash_messages=said,
        next=list_address(wanted.but(after=page.next)) if page.next else None,
        first=list_address(wanted.but()) if wanted.after else None,
    )


def _tabs(session: Session, desk: Desk, wanted: Wanted) -> list[tuple[str, str, str, bool]]:
    """The parts of the same unit and kind, with how many there are."""
    table = count(session, decides_about(desk.access, desk.book))
    sums = Sums()
    for (unit, kind), found in table.items():
        if wanted.unit in {"", unit} and wanted.kind in {None, kind}:
            sums += found
    here = wanted.but(number="")
    return [
        (
            part.official,
            list_address(here.but(part=part)),
            str(sums.of(part)),
            part is wanted.part and not wanted.number,
        )
        for part in Part
    ]


def _line(case: Case, found: Continuation | None, desk: Desk, *, ticked: bool) -> dict[str, Any]:
    book, today = desk.book, clock.today()
    dated = case.due_on != NO_DUE_DATE
    goes_to = ""
    if found is not None and found.way is Way.HANDED_ON:
        goes_to = f"移交{target_of(found, case, book).name}"
    return {
        "number": case.number,
        "box_value": f"{case.number}.{case.version}",
        "ticked": ticked,
        "kind": case.kind.official,
        "subject": subject_of(case, book),
        "unit": book.units[case.unit_code].short_name,
        "state": case.state.official,
        "left": left_until(case.due_on, today, book, in_working_days=True) if dated else None,
        "goes_on": goes_to or (found.way.official if found else "还没有定"),
    }
