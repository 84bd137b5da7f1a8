"""The six CSV tables of a campaign folder, column by column."""

from __future__ import annotations

from enum import StrEnum

from portal.campaign.clock_rule import ClockRule, DayUnit, SourceKind
from portal.campaign.kinds import Kind
from portal.campaign.place import Place, PlaceKind
from portal.campaign.policy import Policy, SourceStatus
from portal.campaign.problem_type import ProblemType
from portal.campaign.responsibility import Actor, Responsibility
from portal.campaign.unit import Unit, UnitKind
from portal.loading.tables import (
    Column,
    Table,
    code,
    count,
    day,
    flag,
    one_of,
    people,
    some,
    text,
    words,
)


class Clock(StrEnum):
    """What a time limit is for."""

    SIGN_FOR = "sign_for"
    RETURN = "return"
    NOTICE_OF_ACCEPTANCE = "notice_of_acceptance"
    REPLY = "reply"
    CLOSE = "close"
    OFFICE_LOOK = "office_look"
    REFER = "refer"
    TELL_TAKEN_ON = "tell_taken_on"
    CONCLUDE = "conclude"
    TELL_RESULT = "tell_result"
    CONFIRM_RECEIPT = "confirm_receipt"
    ASK_CORRECTION = "ask_correction"
    OBJECT = "object"
    REPORT_BACK = "report_back"
    ASK_REVIEW = "ask_review"
    REVIEW = "review"


class Start(StrEnum):
    """The event whose day is day 0."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    RECEIVED = "received"
    REOPENED = "reopened"
    FOUND = "found"
    CLOSED = "closed"
    CONCLUDED = "concluded"
    DELIVERED = "delivered"
    REVIEW_ASKED = "review_asked"


class PauseCause(StrEnum):
    """What stops a clock, where the source of a time limit grants it."""

    REPORTER = "reporter"
    THIRD_PARTY = "third_party"
    HEARING = "hearing"


UNITS = Table(
    "units.csv",
    Unit,
    (
        Column("code", "code", code, required=True),
        Column("name", "name", text, required=True),
        Column("short_name", "short_name", text, required=True),
        Column("kind", "kind", one_of(UnitKind), required=True),
        Column("parent", "parent_code", code, refers_to="units.csv"),
        Column("desk", "desk", flag, required=True),
        Column("remit", "remit", text),
        Column("aliases", "aliases", words),
        Column("telephone", "telephone", text),
        Column("hours", "hours", text),
        Column("address", "address", text),
        Column("sample", "sample", flag, required=True),
        # Kept beside the rule that compares units by it; see `recipients`.
        Column("recipients", "recipients", people, optional=True),
    ),
    unique=(("code",), ("name",)),
)
PLACES = Table(
    "places.csv",
    Place,
    (
        Column("code", "code", code, required=True),
        Column("name", "name", text, required=True),
        Column("kind", "kind", one_of(PlaceKind), required=True),
        Column("parent", "parent_code", code, refers_to="places.csv"),
        Column("unit", "unit_code", code, required=True, refers_to="units.csv"),
        Column("aliases", "aliases", words),
    ),
    # Two streets may each have a community of the same name.
    unique=(("code",), ("name", "parent_code")),
)
PROBLEM_TYPES = Table(
    "problem_types.csv",
    ProblemType,
    (
        Column("code", "code", code, required=True),
        Column("group", "group", text, required=True),
        Column("group_name", "group_name", text, required=True),
        Column("plan_text", "plan_text", text, required=True),
        Column("plain_text", "plain_text", text, required=True),
        Column("accuses", "accuses", flag, required=True),
        Column("keywords", "keywords", words),
    ),
    unique=(("code",), ("plain_text",)),
)
POLICIES = Table(
    "policies.csv",
    Policy,
    (
        Column("code", "code", code, required=True),
        Column("name", "name", text, required=True),
        Column("unit", "unit_code", code, required=True, refers_to="units.csv"),
        Column("eligibility", "eligibility", text, required=True),
        Column("standard", "standard", text, required=True),
        Column("payment", "payment", text, required=True),
        Column("legal_basis", "legal_basis", text),
        Column("aliases", "aliases", words),
        Column("needs", "needs", words),
        Column("discreet", "discreet", flag, required=True),
        Column("in_scope", "in_scope", flag, required=True),
        Column("source_status", "source_status", one_of(SourceStatus), required=True),
        Column("checked_on", "checked_on", day),
        Column("sample", "sample", flag, required=True),
        Column("apply_at", "apply_at", text, optional=True),
        Column("materials", "materials", text, optional=True),
        Column("ended_on", "ended_on", day, optional=True),
    ),
    unique=(("code",), ("name",)),
)
RESPONSIBILITIES = Table(
    "responsibilities.csv",
    Responsibility,
    (
        Column("policy", "policy_code", code, refers_to="policies.csv"),
        Column("problem", "problem_code", code, refers_to="problem_types.csv"),
        Column("place", "place_code", code, refers_to="places.csv"),
        Column("kind", "kind", one_of(Kind)),
        Column("actor", "actor", one_of(Actor)),
        Column("unit", "unit_code", code, required=True, refers_to="units.csv"),
        Column("basis", "basis", text, required=True),
        Column("valid_from", "valid_from", day, required=True),
        Column("valid_to", "valid_to", day),
    ),
)
CLOCKS = Table(
    "clocks.csv",
    ClockRule,
    (
        Column("kind", "kind", one_of(Kind, empty="all"), required=True),
        Column("clock", "clock", one_of(Clock), required=True),
        Column("starts", "starts", one_of(Start), required=True),
        Column("limit", "limit", count, required=True),
        Column("unit", "unit", one_of(DayUnit), required=True),
        Column("source_kind", "source_kind", one_of(SourceKind), required=True),
        Column("source", "source", text, required=True),
        Column("note", "note", text),
        Column("route", "route", code, optional=True),
        Column("extension", "extension", some, optional=True),
        Column("pause", "pause", one_of(PauseCause), optional=True),
        Column("pause_limit", "pause_limit", some, optional=True),
        Column("pause_times", "pause_times", some, optional=True),
    ),
    unique=(("kind", "clock", "starts", "source_kind", "route"),),
)

SHEETS = (UNITS, PLACES, PROBLEM_TYPES, POLICIES, RESPONSIBILITIES, CLOCKS)
# What cases and results point to: such a row may change its words, but never go away.
CODED = (UNITS, PLACES, PROBLEM_TYPES, POLICIES)
