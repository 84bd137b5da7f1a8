"""The campaign that this database runs; there is exactly one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class Campaign(Base):
    """Names, lines, bodies and words of the campaign. `revision` grows with every change of
    anything that the public site shows, so that cached pages know when they are old;
    `book_revision` only with what the book says, which nobody reads anew because a result went
    out."""

    __tablename__ = "campaign"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    book_revision: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(20))
    district: Mapped[str] = mapped_column(String(40))
    organiser: Mapped[str] = mapped_column(String(80))
    case_prefix: Mapped[str] = mapped_column(String(2))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    plan_notice: Mapped[str] = mapped_column(String(60))
    office_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    lead_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    discipline_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    superior_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    arbiter_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    alarm_roles: Mapped[list[str]] = mapped_column(JSON)
    hotline: Mapped[str] = mapped_column(String(40))
    hotline_hours: Mapped[str] = mapped_column(String(80))
    text_number: Mapped[str] = mapped_column(String(40))
    text_hint: Mapped[str] = mapped_column(String(200))
    emergency: Mapped[str] = mapped_column(String(40))
    sample: Mapped[bool]
    scope: Mapped[dict[str, Any]] = mapped_column(JSON)
    doors: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    # How formal documents are numbered; empty: as usual.
    document_number: Mapped[str] = mapped_column(String(80), default="")
    routing: Mapped[dict[str, Any]] = mapped_column(JSON)
    loaded_at: Mapped[datetime] = mapped_column(UtcMoment)
    # When somebody is reminded of a date: `days` in working days before (negative) and after it,
    # between the hours `from` and `to` of a working day in Shanghai. Empty: nobody is.
    reminders: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Of the closed cases, the `share` whose reporters are visited, within how many working `days`,
    # and after how many `attempts` somebody counts as unreachable. Empty: nobody is drawn, and a
    # visit has no date.
    follow_up: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # How long supervision usually takes and when it is suggested; see SupervisionRule.
    supervision: Mapped[dict[str, Any]] = mapped_column(JSON)
    # To whom a breach goes (干部管理权限): `levels` of the person concerned, each with the body
    # that it suggests, and `remind_every` so many working days. Empty: nothing is referred.
    referral: Mapped[dict[str, Any]] = mapped_column(JSON)
    # How many may come for others: `most`, and the `source` of that. Empty: any number.
    representatives: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Within how many working `days` a mistake on the site is answered, and the `source` of that;
    # see MistakeRule.
    mistakes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Within how many working `days` whoever asks about his own information is answered, and the
    # `source` of that; see RightsRule.
    rights: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Under what the site is registered: `id_code` (政府网站标识码), `icp` (ICP备案号), `police`
    # (公安备案号), as far as there is any.
    site: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    # How long a list of recipients is shown; see DistributionRule.
    distributions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Who returns to whom every month (月报), and by when; see ReturnRule. Empty: nobody does.
    returns: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Until when people declare by themselves and pay back; see DeclarationRule.
    declarations: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Which units give a part of each summary (总结), and to whom it goes; see SummaryRule.
    summaries: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Which units are spot checked, and how many of them; see SpotCheckRule.
    spot_check: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Whom people turn to when the campaign is over; see AfterRule.
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # How long what people wrote is kept after its case has ended; see RetentionRule. Empty: as long
    # as the data.
    retention: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The Shanghai day on which the office closed the campaign; loading its data leaves it alone.
    ended_on: Mapped[date | None]
