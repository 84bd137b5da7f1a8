"""The alarm without content, for those whom the campaign names and nobody else: what has to be
carried to a body without an account, one half each."""

from __future__ import annotations

from flask import Response, abort, current_app, redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from admin.accounts.alarm_roles import hears_alarms
from admin.accounts.guard import signed_in, staff_only
from admin.accounts.staff_form import StaffForm
from admin.files.scanned_files import asked_first
from admin.hand_over.locking import SamePerson
from admin.hand_over.package import Package
from admin.hand_over.packing import (
    NothingToCarry,
    note_delivery,
    parcels,
    read_passphrase,
    take_file,
)
from admin.hand_over.pages.blueprint import blueprint
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.database import reading, writing


class DeliveryForm(StaffForm):
    """When a package was delivered, and what the body gave for a receipt."""

    delivered_on = DateField("哪天送到的", [InputRequired("请写日期")])
    receipt = StringField("收件编号（对方给了就写）", [Length(max=80, message="最多80字")])

    def validate_delivered_on(self, field: DateField) -> None:
        """Nothing was delivered on a day that is still to come."""
        if field.data and field.data > clock.today():
            raise ValidationError("这一天还没有到")


@blueprint.get("/alarms", endpoint="alarms")
@staff_only()
def alarms_page() -> str:
    """What has to be carried."""
    with reading() as session:
        return _page(session, _book_of_hearer(session))


@blueprint.post("/alarms/<token>/file")
@staff_only()
def take(token: str) -> Response:
    """Take the locked file; its passphrase is for somebody else."""

    def act() -> tuple[Package, bytes]:
        with writing() as session:
            return take_file(session, token, signed_in(), _book_of_hearer(session))

    try:
        package, content = asked_first(act)
    except NothingToCarry:
        abort(404)
    headers = {"Content-Disposition": f"attachment; filename={package.number}.zip"}
    return Response(content, mimetype="application/zip", headers=headers)


@blueprint.post("/alarms/<number>/passphrase")
@staff_only()
def passphrase(number: str) -> str | tuple[str, int]:
    """Show the passphrase, once, to somebody who hasn't the file."""
    try:
        with writing() as session:
            campaign_book = _book_of_hearer(session)
            shown = read_passphrase(session, number, signed_in(), campaign_book)
    except NothingToCarry:
        abort(404)
    except SamePerson:
        with reading() as session:
            why = "文件是您取的，口令要由另一个人取。"
            return _page(session, campaign_book, why=why), 409
    return render_template("admin/hand_over/passphrase.html", number=number, passphrase=shown)


@blueprint.get("/alarms/<number>/delivery", endpoint="delivery")
@staff_only()
def delivery_page(number: str) -> str:
    """Ask when it was delivered."""
    with reading() as session:
        _known(session, number)
    return _delivery(number, DeliveryForm(formdata=None, data={"delivered_on": clock.today()}))


@blueprint.post("/alarms/<number>/delivery")
@staff_only()
def deliver(number: str) -> str | tuple[str, int] | Answer:
    """Note it."""
    form = DeliveryForm()
    with reading() as session:
        campaign_book = _known(session, number)
    if not form.validate() or form.delivered_on.data is None:
        return _delivery(number, form), 422
    with writing() as session:
        try:
            note_delivery(
                session,
                number,
                signed_in(),
                campaign_book,
                on=form.delivered_on.data,
                receipt=form.receipt.data or "",
            )
        except NothingToCarry:
            abort(404)
    return redirect(current_app.extensions["links"].alarms(), 303)


def _book_of_hearer(session: Session) -> Book:
    """The campaign's book; for whomever it doesn't name these pages don't exist."""
    campaign_book = book(session)
    if not hears_alarms(signed_in(), campaign_book):
        abort(404)
    return campaign_book


def _known(session: Session, number: str) -> Book:
    """The campaign's book, where this person may help to carry the package."""
    campaign_book = _book_of_hearer(session)
    mine = parcels(session, signed_in(), campaign_book)
    if not any(one.package and one.package.number == number for one in mine):
        abort(404)
    return campaign_book


def _page(session: Session, campaign_book: Book, *, why: str = "") -> str:
    me = signed_in()
    return render_template(
        "admin/hand_over/alarms.html",
        parcels=parcels(session, me, campaign_book),
        unit_name=campaign_book.unit_name,
        me=me.id,
        why=why,
    )


def _delivery(number: str, form: DeliveryForm) -> str:
    return render_template("admin/hand_over/delivery.html", number=number, form=form)
