"""What is typed about a request. Every form carries the version that its writer saw."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from admin.accounts.figures import Day
from admin.accounts.staff_form import OnceForm, StaffForm
from admin.rights.deciding import Decision
from admin.rights.opening_contact import ContactReason
from intake.cases.rights_request import RightsRequest
from intake.rights.asking import Asked
from intake.rules.retention import What
from intake.rules.rights import (
    BY_STAFF,
    DECIDED,
    Asker,
    Ground,
    Proof,
    Right,
    RightsOutcome,
    grounds_for,
)
from portal.foundation import clock

_MOST = 2_000
_MOST_CONTACT = 200
_NOT_YET = "not_yet"


class ProofForm(StaffForm):
    """How somebody made sure who asks."""

    version = HiddenField()
    how: Any = RadioField(
        "怎么核实的",
        [InputRequired("请选怎么核实的")],
        choices=[SelectChoice(one.value, one.official) for one in BY_STAFF],
    )


class ContactForm(StaffForm):
    """Why how he can be reached is opened."""

    reason: Any = RadioField(
        "为什么要打开",
        [InputRequired("请选为什么要打开")],
        choices=[SelectChoice(one.value, one.official) for one in ContactReason],
    )


class DecisionForm(StaffForm):
    """How it ends, for which reason something is refused, and what whoever asked reads."""

    version = HiddenField()
    outcome: Any = RadioField(
        "结果",
        [InputRequired("请选结果")],
        choices=[SelectChoice(one.value, one.official) for one in DECIDED],
    )
    deletes: Any = RadioField(
        "删掉什么",
        choices=[
            SelectChoice(What.WORDS.value, "全部：写的话、附件、答复、联系方式"),
            SelectChoice(What.CONTACT.value, "只删姓名和联系方式"),
        ],
        validate_choice=False,
    )
    ground = SelectField("不同意的理由", validate_choice=False)
    # Whether one is needed, the act says: what is deleted his page tells by itself.
    text = TextAreaField("答复（请求人可见）", [Length(max=_MOST, message="太长了，最多两千字")])

    def offer(self, request: RightsRequest) -> None:
        """Offer the grounds for which this right may be refused, and say who reads the answer."""
        if request.public_key is None:
            self.text.label.text = "答复（请求人没有查询码，照他说的办法给他）"
        fitting = grounds_for(request.asked_for, request.asker)
        self.ground.choices = [
            SelectChoice("", "没有不同意的"),
            *(SelectChoice(one.value, f"{one.plain}（{one.clause}）") for one in fitting),
        ]

    @property
    def decision(self) -> Decision:
        """What was decided, from a form that validated."""
        ground, deletes = self.ground.data or "", self.deletes.data or ""
        return Decision(
            RightsOutcome(self.outcome.data),
            Ground(ground) if ground in set(Ground) else None,
            self.text.data or "",
            What(deletes) if deletes in set(What) else None,
        )


class RecordForm(OnceForm):
    """What somebody asks at the desk."""

    asked_for: Any = RadioField(
        "请求什么",
        [InputRequired("请选请求什么")],
        choices=[SelectChoice(one.value, f"{one.official}：{one.plain}") for one in Right],
    )
    asker: Any = RadioField(
        "谁的信息",
        [InputRequired("请选是谁的信息")],
        choices=[SelectChoice(one.value, one.official) for one in Asker],
    )
    words = TextAreaField(
        "他要的是什么",
        [DataRequired("请写他要的是什么"), Length(max=_MOST, message="太长了，最多两千字")],
    )
    contact = TextAreaField(
        "姓名，怎么联系、怎么答复他",
        [DataRequired("请写怎么联系他"), Length(max=_MOST_CONTACT, message="太长了，最多200字")],
    )
    received_on = Day("哪天收到的", [InputRequired("请写哪天收到的")])
    proved: Any = RadioField(
        "核实了是本人（或者能替他来问）没有",
        [InputRequired("请选核实了没有")],
        choices=[
            *(SelectChoice(one.value, one.official) for one in BY_STAFF),
            SelectChoice(_NOT_YET, "还没有核实"),
        ],
    )

    def validate_received_on(self, field: Day) -> None:
        """It came today at the latest."""
        if field.data and field.data > clock.today():
            raise ValidationError("收到的日子不能在今天以后")

    def asked(self, by: int) -> Asked:
        """What was asked, from a form that validated."""
        return Asked(
            asked_for=Right(self.asked_for.data),
            asker=Asker(self.asker.data),
            words=(self.words.data or "").strip(),
            contact=(self.contact.data or "").strip(),
            recorded_by=by,
            received_on=self.received_on.data,
        )

    @property
    def proof(self) -> Proof | None:
        """How somebody made sure who asks, if anybody did."""
        return None if self.proved.data == _NOT_YET else Proof(self.proved.data)
