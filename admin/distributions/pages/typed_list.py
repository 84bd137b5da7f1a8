"""What was typed about a list and uploaded with it, put together as a draft's content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from admin.distributions.list_reading import ReadList, read_list
from admin.distributions.list_texts import ListTexts
from admin.distributions.pages.forms import ListForm
from admin.sheets.uploaded import BadSheet
from portal.campaign.book import Book

_NOTHING = ReadList((), ())


@dataclass(frozen=True)
class Upload:
    """The bytes of the uploaded file, none where none was chosen; `has_rows` says that the draft
    holds rows, or sums, already."""

    content: bytes
    has_rows: bool = False


def texts_of(form: ListForm, upload: Upload, book: Book) -> ListTexts:
    """The content of a draft. Of a policy of sums only the rows are dropped as soon as they are
    added up.

    Raises:
        BadSheet: the file is wrong, there is none, or the sums stand there twice.
    """
    street = form.street.data or ""
    given = read_list(upload.content, street, book) if upload.content else _NOTHING
    if form.sums_only:
        return ListTexts(**_said(form), **_sums(form, given))
    if not given.rows and not upload.has_rows:
        raise BadSheet(["请选名单的表格文件"])
    return ListTexts(
        **_said(form),
        people=given.people,
        amount=given.amount,
        columns=given.columns,
        rows=given.rows,
    )


def _said(form: ListForm) -> dict[str, Any]:
    return {
        "paid_from": form.paid_from.data,
        "paid_to": form.paid_to.data,
        "standard": " ".join((form.standard.data or "").replace("\0", "").split()),
        "telephone": form.telephone.data,
        "starts_on": form.starts_on.data,
        "days": form.days.data,
    }


def _sums(form: ListForm, given: ReadList) -> Mapping[str, Any]:
    people, amount = form.people.data, form.amount.data
    if given.rows:
        if people is not None or amount is not None:
            raise BadSheet(["人数和金额，填了就不要传表格；传了表格就不要填"])
        return {"people": given.people, "amount": given.amount}
    if people is None or not amount:
        raise BadSheet(["请填人数和金额，或者传表格由系统算"])
    return {"people": people, "amount": amount.quantize(Decimal("0.01"))}
