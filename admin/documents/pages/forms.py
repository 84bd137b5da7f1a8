"""What is typed about a formal document. Every form carries the version of the case that its writer
saw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wtforms import DateField, Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from admin.desk.pages.forms import ActForm, text
from intake.cases.formal_document import Delivery
from intake.document_text import DocumentText
from intake.rules.formal_documents import OUTCOMES, PARTS, DocumentKind
from portal.foundation import clock

_MISSING = "这一栏文书里一定要有，请写上"


class DocumentForm(ActForm):
    """The parts of a document; `for_kind` leaves those of its kind."""

    addressee = StringField("写给谁", [Length(max=80, message="太长了，最多80字")])
    request = text("", _MISSING)
    facts = text("", _MISSING)
    grounds = text("", _MISSING)
    basis = text("", _MISSING)
    outcome = RadioField("", [DataRequired("请选结论")])
    opinion = text("", _MISSING)
    door = text("", _MISSING)
    until = StringField("", [DataRequired(_MISSING), Length(max=200, message="太长了，最多200字")])
    remedies = text("", _MISSING)

    @classmethod
    def for_kind(cls, kind: DocumentKind, **given: Any) -> DocumentForm:
        """The form of a kind of document, with the words that it uses."""
        form = cls(**given)
        parts = PARTS[kind]
        for name in [one.name for one in form]:
            if name in _PARTS and name not in parts:
                del form[name]
        for part, label in parts.items():
            form[part].label.text = label
        if "outcome" in parts:
            form.outcome.choices = [SelectChoice(*one) for one in OUTCOMES[kind].items()]
        form.order = list(parts)
        return form

    def parts(self) -> Iterator[Field]:
        """The fields of the document's parts, in their order."""
        for part in self.order:
            yield self[part]

    @property
    def document(self) -> DocumentText:
        """What was typed."""
        typed = {part: (self[part].data or "").strip() for part in self.order}
        return DocumentText(addressee=(self.addressee.data or "").strip(), **typed)


class DeliveryForm(ActForm):
    """When a document reached the reporter, and how."""

    delivered_on = DateField("哪天送到的", [InputRequired("请写日期")])
    how = RadioField(
        "怎么送的",
        [DataRequired("请选怎么送的")],
        choices=[SelectChoice(one.value, one.official) for one in Delivery],
    )

    def validate_delivered_on(self, field: DateField) -> None:
        """Nothing was delivered on a day that is still to come."""
        if field.data and field.data > clock.today():
            raise ValidationError("这一天还没有到，请写已经送到的日子")


_PARTS = frozenset({part for parts in PARTS.values() for part in parts})
