"""Two cases side by side, and what ties them or parts them."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import abort, redirect, render_template
from sqlalchemy.orm import Session

from admin.accounts.access import NoSuchCase
from admin.accounts.guard import staff_only
from admin.desk.hand import Hand, NeedsText, SomebodyWasFaster
from admin.desk.pages import done
from admin.duplicates.pages.blueprint import Answer, SideBySide, blueprint, links
from admin.duplicates.pages.forms import PairForm
from admin.duplicates.pages.pair_acts import ACTS, Act
from admin.duplicates.pair import Pair, find_pair
from admin.duplicates.repeats import SomethingMayBeNew
from admin.duplicates.standing import NotTogether
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import writing
from portal.foundation.staff import AT_A_DESK

_REFUSALS = (SomebodyWasFaster, NotTogether, MoveNotAllowed)


@blueprint.get("/cases/<number>/duplicates/<other>")
@staff_only(*AT_A_DESK)
def pair(number: str, other: str) -> str:
    """Show the two."""
    return _page(SideBySide.read(number, other))


@blueprint.get("/cases/<number>/duplicates/<other>/<slug>")
@staff_only(*AT_A_DESK)
def act(number: str, other: str, slug: str) -> Answer:
    """Show what an act will do to the two, and ask for what it needs."""
    chosen = ACTS.get(slug) or abort(404)
    shown = SideBySide.read(number, other)
    page = _page(shown, chosen, _form(shown, chosen, fresh=True))
    return page if chosen in shown.acts else (page, 409)


@blueprint.post("/cases/<number>/duplicates/<other>/<slug>")
@staff_only(*AT_A_DESK)
def do_act(number: str, other: str, slug: str) -> Answer:
    """Do it, and lead back to the case; or give the form back with what was typed."""
    chosen = ACTS.get(slug) or abort(404)
    shown = SideBySide.read(number, other)
    form = _form(shown, chosen)
    if not form.validate():
        return _page(shown, chosen, form), 422 if chosen in shown.acts else 409
    try:
        with writing() as session:
            chosen.run(session, _pair(session, shown, form), form)
    except NoSuchCase:
        abort(404)
    except (NeedsText, SomethingMayBeNew):
        form.form_errors.append("理由是空的，请写几句")
        return _page(shown, chosen, form), 422
    except _REFUSALS as refusal:
        return _refused(number, other, chosen, form, refusal), 409
    said = done.pack(shown.desk.access.staff_id, [f"{chosen.done}：{number}和{other}。"])
    return redirect(f"{links().duplicates(number)}?{urlencode({done.FIELD: said})}", 303)


def _pair(session: Session, shown: SideBySide, form: PairForm) -> Pair:
    """The two as they are now, held, with the versions that the form carries."""
    desk = shown.desk
    this, other = find_pair(session, desk.access, shown.numbers, to_change=True)
    return Pair(this, other, Hand(desk.access, desk.book, form.seen), form.seen_of_other)


def _form(shown: SideBySide, act: Act, *, fresh: bool = False) -> PairForm:
    """The act's form: as it was posted, or fresh, with the present versions."""
    form = act.form(formdata=None, data=_seen(shown)) if fresh else act.form()
    form.put(shown.pair)
    return form


def _seen(shown: SideBySide) -> dict[str, str]:
    return {
        "version": str(shown.pair.this.version),
        "other_version": str(shown.pair.other.version),
    }


def _refused(number: str, other: str, act: Act, form: PairForm, refusal: Exception) -> str:
    """The page with the text as it was typed and the cases as they are now."""
    shown = SideBySide.read(number, other)
    seen = _seen(shown)
    form.version.data, form.other_version.data = seen["version"], seen["other_version"]
    if isinstance(refusal, NotTogether):
        why = refusal.why.official
    elif isinstance(refusal, SomebodyWasFaster):
        why = "您打开这一页以后，这两件有了变化。"
    else:
        why = "这两件现在不能这样办了。"
    return _page(shown, act, form, why=why)


def _page(
    shown: SideBySide, act: Act | None = None, form: PairForm | None = None, *, why: str = ""
) -> str:
    possible = act in shown.acts
    why = why or (shown.why_not(act) if act else "")
    number, other = shown.numbers
    return render_template(
        "admin/duplicates/pair.html",
        shown=shown,
        act=act,
        form=form,
        possible=possible,
        why=why,
        back=links().duplicates(number, other if act else ""),
        act_address=lambda slug: links().duplicates(number, other, slug),
    )
