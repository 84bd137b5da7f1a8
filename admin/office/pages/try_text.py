"""Trying a text: how the rules would read and route it, were it sent now. Nothing is registered and
nothing is kept."""

from __future__ import annotations

from flask import render_template
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from admin.accounts.guard import staff_only
from admin.accounts.staff_form import StaffForm
from admin.ledger.pages.blueprint import OFFICE_ROLES
from admin.office.pages.blueprint import blueprint
from intake.cases.case import Channel
from intake.explain import Explanation, explain
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.database import reading

_LONGEST = 20_000


class TextForm(StaffForm):
    """The text to try."""

    words = TextAreaField(
        "来件的文字",
        [
            InputRequired("请先贴一段文字"),
            Length(max=_LONGEST, message="最多2万字，请先删短一些"),
        ],
    )


@blueprint.get("/office/try-text")
@staff_only(*OFFICE_ROLES)
def try_text() -> str:
    """Ask for a text."""
    return _page(TextForm(formdata=None))


@blueprint.post("/office/try-text")
@staff_only(*OFFICE_ROLES)
def tried_text() -> str | tuple[str, int]:
    """Say where the text would go, and why."""
    form = TextForm()
    if not form.validate():
        return _page(form), 422
    with reading() as session:
        campaign_book = book(session)
    found = explain(form.words.data or "", Channel.TEXT, campaign_book, clock.today())
    return _page(form, found, _facts(found, campaign_book))


def _page(
    form: TextForm, found: Explanation | None = None, facts: list[tuple[str, str]] | None = None
) -> str:
    return render_template("admin/office/try_text.html", form=form, found=found, facts=facts)


def _facts(found: Explanation, book: Book) -> list[tuple[str, str]]:
    """What the rules decided, in the order in which the office asks."""
    decision = found.decision
    problem = book.problem_types.get(decision.problem or "")
    barred = "、".join(book.unit_name(code) for code in sorted(decision.accused_by_words))
    others = "、".join(
        f"{book.unit_name(code)}（{score:.1f}）" for code, score in decision.candidates[1:]
    )
    return [
        ("哪一类", "不是诉求" if found.kind == "other" else Kind(found.kind).official),
        ("交给谁", book.unit_name(decision.unit)),
        ("补贴", book.policies[decision.policy].name if decision.policy else "看不出来"),
        ("问题", f"{problem.code} {problem.plain_text}" if problem else "看不出来"),
        ("像是被反映", barred or "没有"),
        ("把握", f"{decision.confidence:.2f}"),
        ("也可能是", others or "没有别的"),
    ]
