"""The steps of the office: a reason, freezing, revealing, a team; each its page, and taking it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import OFFICE_ROLES
from admin.ledger.pages.forms import StepForm
from admin.publishing.pages.comparing import repeats_a_case
from admin.spot_checks import assigning, freezing, giving_up, preparing, revealing
from admin.spot_checks.freezing import NotForThePublic
from admin.spot_checks.pages import forms
from admin.spot_checks.pages.blueprint import (
    CONFLICTS,
    REFUSALS,
    Answer,
    blueprint,
    hand_of,
    links,
    words_of,
)
from admin.spot_checks.sight import find_check
from admin.spot_checks.spot_check import CheckState, SpotCheck
from portal.campaign.book import Book
from portal.campaign.spot_check_rule import SpotCheckRule
from portal.foundation.database import reading, writing

_SEED_BYTES = 32
# WTForms' fields are made for each form class, so that a form here is as good as Any.
_Form = Any


@dataclass(frozen=True)
class _Step:
    """One step's page. `prepare` fills its lists, `filled_in` says what stands in it at first."""

    heading: str
    lead: str
    verb: str
    state: CheckState
    form: type[StepForm]
    run: Callable[[Session, SpotCheck, Hand, _Form], object]
    prepare: Callable[[Session, SpotCheck, Book, _Form], None] = lambda *_: None
    filled_in: Callable[[Book], dict[str, object]] = lambda _book: {}
    hints: dict[str, str] | None = None
    # What is typed and published at once, for good.
    public: tuple[str, ...] = ()
    warns: bool = False


def _offer_people(session: Session, check: SpotCheck, book: Book, form: _Form) -> None:
    people = assigning.who_may_check(session)
    waiting = set(assigning.without_team(session, check))
    form.offer_people(book, people, [code for code in book.units if code in waiting])


def _usual(book: Book) -> dict[str, object]:
    weights = SpotCheckRule.of(book.campaign).weights
    return {
        "asked": preparing.least_asked(book),
        **{one.value: weight for one, weight in weights.items()},
    }


STEPS = {
    "reasons": _Step(
        "加一条依据",
        "只有领导小组办公室能看到。公布的只有组名。",
        "记下",
        CheckState.PREPARING,
        forms.ReasonForm,
        lambda s, check, by, form: preparing.add_reason(s, check, by=by, reason=form.reason),
        lambda _s, _check, book, form: form.offer_units(book, preparing.units_to_check(book)),
        hints={
            "cause": "前四种一定查，公布时都叫“办公室指定必查”，分不出是哪一种。"
            "因为来件想查的，选“办公室认为要查”。",
            "words": "不写来件编号，不写谁反映的。",
        },
    ),
    "freeze": _Step(
        "冻结名册，公布承诺",
        "冻结以后，单位、组、权重、种子都不能再改。承诺马上公布，不能撤下。",
        "冻结并公布",
        CheckState.PREPARING,
        forms.FreezeForm,
        lambda s, check, by, form: freezing.freeze(
            s, check, by=by, plan=form.plan, seed=secrets.token_bytes(_SEED_BYTES)
        ),
        filled_in=_usual,
        hints={
            "asked": "必查的也算在里面。每一组至少抽一个，不够会多抽。",
            "source": "办公室左右不了的，比如哪一期彩票的开奖号码。"
            "不开就用哪一期，也写清楚。公众会看到。",
            "day": "明天或者以后的某一天。",
            "published": "网址，或者哪份报纸。公众会看到。",
            "nil": "权重大一倍，抽中的机会也大约大一倍。",
        },
        public=("source", "published"),
        warns=True,
    ),
    "reveal": _Step(
        "公开种子，抽",
        "照承诺里写的那一天的号码填。抽完马上公布全部记录，不能重抽。",
        "公开种子并抽",
        CheckState.FROZEN,
        forms.RevealForm,
        lambda s, check, by, form: revealing.reveal(
            s, check, by=by, public_number=form.public_number.data, stands=form.stands.data
        ),
        hints={
            "public_number": "照公布的次序写，中间空一格，比如 03 08 12 19 24 31 07。",
            "stands": "网址，或者报纸的日期和版面。公众会看到。",
        },
        public=("stands",),
        warns=True,
    ),
    "give-up": _Step(
        "提出作废",
        "另一位同事同意以后才作废。承诺留在公开的页面上，旁边写明已作废、哪一天、为什么。",
        "提出作废",
        CheckState.FROZEN,
        forms.GiveUpForm,
        lambda s, check, by, form: giving_up.propose_to_give_up(
            s, check, by=by, why=form.why.data or ""
        ),
        hints={"why": "公众会看到。写清出了什么事，比如漏了哪几个单位。"},
        public=("why",),
        warns=True,
    ),
    "teams": _Step(
        "分一组去查",
        "一组至少两个人。自己的单位、上级和下级都不能查。",
        "分给这一组",
        CheckState.DRAWN,
        forms.TeamForm,
        lambda s, check, by, form: assigning.make_team(
            s, check, by=by, members=form.member_ids, units=form.units.data or []
        ),
        _offer_people,
    ),
}
_DONE = {"reasons": "reason", "teams": "team"}


@blueprint.get(
    "/spot-checks/<int:check_id>/<any('reasons','freeze','reveal','give-up','teams'):step>"
)
@staff_only(*OFFICE_ROLES)
def office_step(check_id: int, step: str) -> Answer:
    """Say what a step does, and ask for what it needs."""
    found = STEPS[step]
    with reading() as session:
        reader = Reader.of_the_office(session)
        check = find_check(session, reader.access, check_id)
        data = {**found.filled_in(reader.book), "version": str(check.version)}
        form = found.form(formdata=None, data=data)
        found.prepare(session, check, reader.book, form)
    if check.state is not found.state:
        return redirect(links().spot_check(check_id), 303)
    return _page(found, check, form)


@blueprint.post(
    "/spot-checks/<int:check_id>/<any('reasons','freeze','reveal','give-up','teams'):step>"
)
@staff_only(*OFFICE_ROLES)
def take_office_step(check_id: int, step: str) -> Answer:
    """Take it, or give the form back with what was typed."""
    found, form = STEPS[step], STEPS[step].form()
    with reading() as session:
        reader = Reader.of_the_office(session)
        check = find_check(session, reader.access, check_id)
        found.prepare(session, check, reader.book, form)
    if not form.validate():
        return _page(found, check, form), 422
    try:
        _refuse_echoes(found, form, check)
        with writing() as session:
            by = hand_of(session, form.seen)
            held = find_check(session, by.access, check_id, to_change=True)
            found.run(session, held, by, form)
    except REFUSALS as refusal:
        form.form_errors.append(words_of(refusal, reader.book))
        form.version.data = str(_version(check_id))
        return _page(found, check, form), 409 if type(refusal) in CONFLICTS else 422
    return redirect(f"{links().spot_check(check_id)}?done={_DONE.get(step, step)}", 303)


@blueprint.post("/spot-checks/<int:check_id>/reasons/<int:reason_id>/take-back")
@staff_only(*OFFICE_ROLES)
def take_back_reason(check_id: int, reason_id: int) -> Answer:
    """Take a reason of the office back."""
    return _press(
        check_id,
        "take-back",
        lambda s, check, by: preparing.take_back_reason(s, check, reason_id, by=by),
    )


@blueprint.post("/spot-checks/<int:check_id>/drop")
@staff_only(*OFFICE_ROLES)
def drop_spot_check(check_id: int) -> Answer:
    """Drop one of which nothing was promised yet."""
    return _press(check_id, "drop", lambda s, check, by: preparing.drop(s, check, by=by))


@blueprint.post("/spot-checks/<int:check_id>/give-up/agree")
@staff_only(*OFFICE_ROLES)
def agree_to_give_up(check_id: int) -> Answer:
    """Agree, as a second person, that a promise is given up."""
    return _press(check_id, "given-up", lambda s, c, by: giving_up.agree_to_give_up(s, c, by=by))


@blueprint.post("/spot-checks/<int:check_id>/give-up/keep")
@staff_only(*OFFICE_ROLES)
def keep_after_all(check_id: int) -> Answer:
    """Keep the promise after all."""
    return _press(check_id, "kept", lambda s, c, by: giving_up.keep_after_all(s, c, by=by))


@blueprint.post("/spot-checks/<int:check_id>/units/<code>/take")
@staff_only(*OFFICE_ROLES)
def take_from_team(check_id: int, code: str) -> Answer:
    """Take a unit from a team that hasn't begun."""
    return _press(
        check_id, "take", lambda s, check, by: assigning.take_from_team(s, check, code, by=by)
    )


def _press(check_id: int, done: str, act: Callable[[Session, SpotCheck, Hand], object]) -> Answer:
    """Do what needs nothing but the press of a button; where it can't be done any more, the page
    shows how things stand."""
    form = forms.TakeForm()
    try:
        with writing() as session:
            Reader.of_the_office(session)
            by = hand_of(session, form.seen)
            act(session, find_check(session, by.access, check_id, to_change=True), by)
    except REFUSALS:
        return redirect(links().spot_check(check_id), 303)
    return redirect(f"{links().spot_check(check_id)}?done={done}", 303)


def _refuse_echoes(step: _Step, form: _Form, check: SpotCheck) -> None:
    """Refuse what would repeat words of a case in public: nobody answers for it there, since it
    goes out at once."""
    typed = {name: form[name].data or "" for name in step.public}
    if typed and check.state is step.state and repeats_a_case(typed, "spot_checks", check.number):
        raise NotForThePublic


def _version(check_id: int) -> int:
    with reading() as session:
        reader = Reader.of_the_office(session)
        return find_check(session, reader.access, check_id).version


def _page(step: _Step, check: SpotCheck, form: _Form) -> str:
    return render_template(
        "admin/spot_checks/step.html",
        step=step,
        title=step.heading,
        back=(links().spot_check(check.id), f"重点抽查{check.number}"),
        form=form,
        hints=step.hints or {},
    )
