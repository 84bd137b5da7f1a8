"""The record of where else what is published stands."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.accounts.once import EnteredBefore
from admin.accounts.staff_form import OnceForm
from admin.appearances.appearance_list import ended, standing, to_take_down
from admin.appearances.pages.blueprint import blueprint
from admin.appearances.published_items import offered
from admin.appearances.recording import (
    NoLink,
    NotPublished,
    NotYet,
    record_appearance,
    remove,
)
from admin.publishing.desk import PUBLISHING_ROLES, LeaksOpen, NeedsText
from admin.publishing.pages.comparing import repeats_a_case
from admin.publishing.pages.room import publisher
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.published.appearance import Appearance, OtherQuery, path_in_address

Answer = str | tuple[str, int] | Response
_A_PAGE = 6
# Beside which field a refusal stands, and in which words.
_WRONG: dict[type[Exception], tuple[str, str]] = {
    OtherQuery: (
        "other",
        "网址里的“?”和后面的要去掉；只有数字公开可以写“?month=2022-06”这样的月份",
    ),
    NotPublished: ("other", "本站没有公布这一项，请打开那一页，把网址抄过来"),
    NoLink: ("link", "网址要从http://或https://写起；登在报纸上的，空着"),
    NotYet: ("on", "这一天还没到，登出来再记"),
    NeedsText: ("outlet", "请写登在哪里"),
    LeaksOpen: ("outlet", "公众也看得到，里面不要有姓名、号码、地址，不要照抄内部材料"),
}
_DONE = {
    "recorded": "已记下，公众在那一页能看到。",
    "once": "这一处刚才已经记下，没有再记一次。",
    "removed": "已删去。",
    "ended": "已记下，不再排在要撤的里。",
}


class AppearanceForm(OnceForm):
    """What stands where, since when. What isn't in the list is named by its address."""

    item = SelectField("登的是哪一项", validate_choice=False)
    other = StringField("不在上面的，写它在本站的网址", [Length(max=200, message="太长了")])
    outlet = StringField(
        "登在哪里", [DataRequired("请写登在哪里"), Length(max=80, message="太长了，最多80字")]
    )
    link = StringField("那边的网址（没有就空着）", [Length(max=400, message="太长了")])
    on = DateField("从哪天起", [InputRequired("请选日期")])

    @property
    def path(self) -> str:
        """The path on this site of what is meant. Raises OtherQuery."""
        typed = (self.other.data or "").strip()
        return path_in_address(typed) if typed else self.item.data or ""


@blueprint.get("/publishing/appearances")
@staff_only(*PUBLISHING_ROLES)
def appearances() -> str:
    """What is written down, and the form for more."""
    form = AppearanceForm(formdata=None, item=request.args.get("path", ""), on=clock.today())
    return _page(form, done=_DONE.get(request.args.get("done", "")))


@blueprint.post("/publishing/appearances")
@staff_only(*PUBLISHING_ROLES)
def record_one() -> Answer:
    """Write one down, or give the form back with what was typed."""
    form = AppearanceForm()
    if not form.validate() or form.on.data is None:
        return _page(form), 422
    try:
        _refuse_echoes(form)
        with writing() as session:
            me = publisher(session)
            form.refuse_twice(session)
            record_appearance(
                session,
                by=me,
                path=form.path,
                outlet=form.outlet.data or "",
                link=(form.link.data or "").strip(),
                on=form.on.data,
            )
    except EnteredBefore:
        return redirect(f"{_address()}?done=once", 303)
    except tuple(_WRONG) as refusal:
        name, text = _WRONG[type(refusal)]
        form[name].errors = [text]
        return _page(form), 422
    return redirect(f"{_address()}?done=recorded", 303)


def _refuse_echoes(form: AppearanceForm) -> None:
    """Refuse what repeats words of a case: the public reads it at once."""
    with reading() as session:
        publisher(session)
    if repeats_a_case({"outlet": form.outlet.data or ""}, "appearances", ""):
        raise LeaksOpen


@blueprint.post("/publishing/appearances/<int:entry>/remove")
@staff_only(*PUBLISHING_ROLES)
def remove_one(entry: int) -> Answer:
    """Take a wrong one away, while its page stands here: a copy that is to be taken down elsewhere
    stays until somebody says what became of it."""
    with writing() as session:
        me = publisher(session)
        found = session.get(Appearance, entry, with_for_update=True)
        if found is None or found.gone_on:
            abort(404)
        remove(session, found, by=me)
    return redirect(f"{_address()}?done=removed", 303)


def _address() -> str:
    address: str = current_app.extensions["links"].appearances()
    return address


def _page(form: AppearanceForm, *, done: str | None = None) -> str:
    with reading() as session:
        me = publisher(session)
        lists = {
            "left": Leaf.of(to_take_down(session, me), "left", a_page=_A_PAGE),
            "standing": Leaf.of(standing(session, me), a_page=_A_PAGE),
            "ended": Leaf.of(ended(session, me), "ended", a_page=_A_PAGE),
        }
        form.item.choices = [
            SelectChoice("", "不在下面，写网址"),
            *(SelectChoice(path, title) for path, title in offered(session)),
        ]
    return render_template(
        "admin/appearances/appearances.html",
        form=form,
        **lists,
        flash_messages=[done] if done else [],
    )
