"""What providers call the state of a message, in our words."""

from __future__ import annotations

from intake.rules.sending import TextState

# Twilio: the recipient told it that he wants nothing more from us.
STOPPED_AT_TWILIO = "21610"
_TWILIO = {
    **dict.fromkeys(
        ("accepted", "scheduled", "queued", "sending", "sent", "receiving"), TextState.SENT
    ),
    **dict.fromkeys(("delivered", "read"), TextState.DELIVERED),
    **dict.fromkeys(("undelivered", "failed", "canceled"), TextState.FAILED),
}
_GATEWAY = {
    "accepted": TextState.SENT,
    "sent": TextState.SENT,
    "delivered": TextState.DELIVERED,
    "failed": TextState.FAILED,
}


def of_twilio(status: str, code: str = "") -> TextState | None:
    """The state that Twilio reports; None for a word that we don't know."""
    return TextState.STOPPED if code == STOPPED_AT_TWILIO else _TWILIO.get(status)


def of_gateway(state: str) -> TextState | None:
    """The state that a gateway reports; None for a word that we don't know."""
    return _GATEWAY.get(state)
