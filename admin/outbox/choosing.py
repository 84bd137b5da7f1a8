"""Which provider sends our texts, by the settings: the gateway if there is one, else Twilio, else
nobody."""

from __future__ import annotations

from admin.outbox.nobody import Nobody
from admin.outbox.provider import Provider
from intake.sms.signed_by_twilio import has_line
from portal.foundation.settings import Settings


def sends_texts(settings: Settings) -> bool:
    """Whether anybody sends them."""
    return bool(settings.sms_gateway_url) or has_line(settings)


def provider_of(settings: Settings) -> Provider:
    """The provider. Its library is imported here, since it takes a quarter of a second: only the
    worker asks."""
    if settings.sms_gateway_url:
        from admin.outbox.gateway_sender import GatewaySender

        return GatewaySender(settings)
    if has_line(settings):
        from admin.outbox.twilio_sender import TwilioSender

        return TwilioSender(settings)
    return Nobody()
