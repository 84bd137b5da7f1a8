"""Every table of intake, for the migrations."""

from intake.cases import (
    assignment,
    assistance,
    bar,
    case,
    case_link,
    event,
    follow_up,
    formal_document,
    inbound_text,
    merger,
    message,
    order,
    receipt,
    recorded,
    recount,
    referral,
    verification,
)
from intake.outbox import notice_address, outbound_text
from intake.vault import compartment, unit_key

__all__ = [
    "assignment",
    "assistance",
    "bar",
    "case",
    "case_link",
    "compartment",
    "event",
    "follow_up",
    "formal_document",
    "inbound_text",
    "merger",
    "message",
    "notice_address",
    "order",
    "outbound_text",
    "receipt",
    "recorded",
    "recount",
    "referral",
    "unit_key",
    "verification",
]
