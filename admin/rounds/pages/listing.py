"""The rounds of the office, the orders to a unit, and planning a new round."""

from __future__ import annotations

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.accounts.once import EnteredBefore
from admin.accounts.own_units import own_units
from admin.accounts.reader import Reader
from admin.ledger.refusals import NeedsText, StepNotAllowed
from admin.rounds.pages.blueprint import (
    OFFICE_ROLES,
    READING_ROLES,
    Answer,
    blueprint,
    go_to,
    links,
)
from admin.rounds.pages.forms import PlanForm
from admin.rounds.planning import plan_round
from admin.rounds.refusals import WrongDays
from admin.rounds.round_file import list_rounds, orders_for
from portal.foundation import clock
from portal.foundation.database import reading, writing

_A_PAGE = 20
_DONE = {"reported": "已经报了，等办公室看。", "once": "这次督导刚才已经定好，没有再定一次。"}


@blueprint.get("/rounds")
@staff_only(*READING_ROLES)
def rounds() -> str:
    """The office reads every round, a unit what it was told to do."""
    with reading() as session:
        reader = Reader.of(session)
        office = reader.access.as_office
        return render_template(
            "admin/rounds/rounds.html",
            book=reader.book,
            office=office,
            today=clock.today(),
            rounds=list_rounds(session, own_units(reader.book, reader.access)) if office else [],
            orders=Leaf.of(orders_for(session, reader.access, reader.hand()), a_page=_A_PAGE),
            titles={one.key: one.title for one in reader.book.dates},
            flash_messages=[_DONE[key] for key in [request.args.get("done", "")] if key in _DONE],
        )


@blueprint.get("/rounds/new")
@staff_only(*OFFICE_ROLES)
def new_round() -> str:
    """Ask when, to whom, what for."""
    with reading() as session:
        reader = Reader.of_the_office(session)
    form = PlanForm(formdata=None)
    form.offer(reader.book)
    return render_template("admin/rounds/new.html", form=form)


@blueprint.post("/rounds/new")
@staff_only(*OFFICE_ROLES)
def plan() -> Answer:
    """Plan it, or give the form back with what was typed."""
    with reading() as session:
        reader = Reader.of_the_office(session)
    form = PlanForm()
    form.offer(reader.book)
    if not form.validate():
        return render_template("admin/rounds/new.html", form=form), 422
    try:
        with writing() as session:
            by = Reader.of_the_office(session).hand()
            form.refuse_twice(session)
            one = plan_round(session, by=by, plan=form.plan)
    except EnteredBefore:
        return go_to(links().supervision_rounds(), "once")
    except WrongDays:
        form.last_on.errors = ["不能早于开始的那天"]
    except NeedsText:
        form.purpose.errors = ["请写看什么"]
    except StepNotAllowed:
        form.units.errors = ["选的单位里有不能去的，请再选一遍"]
    else:
        return go_to(links().supervision_round(one.key), "planned")
    return render_template("admin/rounds/new.html", form=form), 422
