"""Which provider sends our texts and mails, by the settings: of texts the gateway if there is one,
else Twilio, else nobody; of mails the server if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.outbox.nobody import Nobody
from admin.outbox.provider import Provider
from intake.sms.signed_by_twilio import has_line
from portal.foundation.mail_server import mail_server
from portal.foundation.settings import Settings

if TYPE_CHECKING:
    from admin.outbox.mail_sender import MailSender


def sends_texts(settings: Settings) -> bool:
    """Whether anybody sends them."""
    return bool(settings.sms_gateway_url) or has_line(settings)


def sends_mails(settings: Settings) -> bool:
    """Whether mail is offered; the worker needs a server besides."""
    return bool(settings.mail_from)


def mail_provider_of(settings: Settings) -> Provider:
    """The mail server as a provider."""
    return _mail_sender(settings) or Nobody()


def mail_server_lacks(settings: Settings) -> str:
    """Why the mail server takes nothing from us, in a word or a code; empty where it would. Nothing
    is sent."""
    sender = _mail_sender(settings)
    return sender.lacks() if sender else "no server"


def _mail_sender(settings: Settings) -> MailSender | None:
    server = mail_server(settings.smtp_url)
    if server is None:
        return None
    from admin.outbox.mail_sender import MailSender

    return MailSender(server, settings)


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
