"""Every table of intake, for the migrations."""

from intake.cases import (
    assignment,
    assistance,
    bar,
    case,
    event,
    formal_document,
    inbound_text,
    message,
    receipt,
    recorded,
    recount,
    verification,
)
from intake.vault import compartment, unit_key

__all__ = [
    "assignment",
    "assistance",
    "bar",
    "case",
    "compartment",
    "event",
    "formal_document",
    "inbound_text",
    "message",
    "receipt",
    "recorded",
    "recount",
    "unit_key",
    "verification",
]
