"""What a draft is made of, as fields: the same for a form that its writer fills in and for one that
a member of staff fills in while he listens."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.validators import Length, ValidationError

from intake.asking.about import is_beginning_only
from intake.asking.choices import NONE_OF_THESE, Choices
from intake.asking.fields import Line, Listed, SubmissionId, Telephone, Words, Year
from intake.asking.files import Files
from intake.cases.case import Channel, Identity
from intake.draft import Draft
from portal.campaign.kinds import Kind

MOST_WORDS = 20_000
TOO_MANY_WORDS = "写得太长了，最多2万字；请先写要紧的，其余的提交以后再补充"


class DraftFields:
    """The fields, to be mixed into a form. Only the words are needed, and name and telephone where
    the law wants them."""

    # What is said to whoever chose to be known and left out by what.
    lacks_telephone = "您选了留电话，请写手机号；不想留，改选匿名"
    lacks_name = "您选了实名，请写姓名和手机号；不想留，改选匿名"
    lacks_words = "请写下发生了什么事，几句话就行"
    must_be_reached = "这一种要能联系到您，请写手机号"

    policy = Listed("哪项补贴")
    fund_year = Year("哪一年的钱")
    problem = RadioField("最像哪一种", validate_choice=False)
    place = Listed("在哪里")
    accused = Line("涉及谁", [Length(max=500, message="“涉及谁”最多500字，多的写到第4部分")])
    keep_from_unit = BooleanField("不让这个单位看到")
    words = Words("发生了什么事", [Length(max=MOST_WORDS, message=TOO_MANY_WORDS)])
    on_behalf_of = Line("替谁写的", [Length(max=100, message="“替谁写的”最多100字")])
    identity = RadioField(
        "您想怎么留",
        choices={one.value: one.official for one in Identity},
        validate_choice=False,
    )
    contact_name = Line("您的姓名", [Length(max=50, message="姓名最多50字")])
    contact_phone = Telephone("手机号")
    texts_wanted = BooleanField("有消息发短信告诉我")
    submission_id = SubmissionId()
    # After the id: what was kept of an earlier try is tied to it.
    files = Files("照片和文件")

    @property
    def of_kind(self) -> Kind:
        """The kind of what is said."""
        raise NotImplementedError

    def offer(self, choices: Choices) -> None:
        """Fill the lists to choose from."""
        self.policy.options, self.place.options = choices.policies, choices.places
        self.fund_year.options = choices.years
        self.problem.choices = dict(choices.problems)

    def validate_words(self, field: Words) -> None:
        """Something must have been said, besides the number that stood there already."""
        if not field.data or is_beginning_only(field.data):
            raise ValidationError(self.lacks_words)

    def validate_problem(self, field: RadioField) -> None:
        """A problem that isn't offered comes from a damaged page."""
        if field.data and field.data not in (field.choices or ()):
            raise ValidationError("“最像哪一种”请从里面选；都不像就选“都不是”")

    def validate_identity(self, field: RadioField) -> None:
        """No choice means anonymous; what isn't offered is no choice."""
        if field.data and field.data not in (field.choices or ()):
            raise ValidationError("请选匿名、留电话或者实名；不选就是匿名")

    def validate_contact_name(self, field: Line) -> None:
        """A name where the law or the writer's own choice asks for one."""
        if not field.data and self.of_kind.needs_name:
            raise ValidationError("这一种要写真名，请写姓名")
        if not field.data and self.identity.data == "real_name":
            raise ValidationError(self.lacks_name)

    def validate_contact_phone(self, field: Telephone) -> None:
        """A number where the law or the writer's own choice asks for one."""
        if field.data:
            return
        if self.of_kind.needs_name:
            raise ValidationError(self.must_be_reached)
        if self.identity.data == "phone":
            raise ValidationError(self.lacks_telephone)
        if self.identity.data == "real_name" and self.contact_name.data:
            raise ValidationError(self.lacks_name)

    @property
    def how_known(self) -> Identity:
        """How the writer may be known. Who chose nothing but left a number wants to be called."""
        if self.of_kind.needs_name:
            return Identity.REAL_NAME
        if self.identity.data:
            return Identity(self.identity.data)
        if not self.contact_phone.data:
            return Identity.ANONYMOUS
        return Identity.REAL_NAME if self.contact_name.data else Identity.PHONE

    @property
    def contact_left_out(self) -> bool:
        """Whether something was typed that a writer who chose to be anonymous doesn't leave."""
        typed = self.contact_name.data or self.contact_phone.data
        return bool(typed) and self.how_known is Identity.ANONYMOUS

    def draft_by(self, channel: Channel, **recorded: Any) -> Draft:
        """What is sent by some channel, from a form that validated; `recorded` is what a draft has
        besides where somebody else wrote it down."""
        known = self.how_known
        problem = self.problem.data or ""
        return Draft(
            channel=channel,
            kind=self.of_kind,
            words=self.words.data or "",
            submission=str(self.submission_id.data),
            policy=self.policy.data or "",
            problem="" if problem == NONE_OF_THESE else problem,
            place=self.place.data or "",
            fund_year=self.fund_year.number,
            accused=self.accused.data or "",
            keep_from_unit=self.keep_from_unit.data,
            on_behalf_of=self.on_behalf_of.data or "",
            identity=known,
            contact_name="" if known is Identity.ANONYMOUS else self.contact_name.data or "",
            contact_phone="" if known is Identity.ANONYMOUS else self.contact_phone.number,
            files=self.files.data,
            texts_wanted=self.of_kind is Kind.TIP_OFF
            and known is not Identity.ANONYMOUS
            and self.texts_wanted.data,
            **recorded,
        )
