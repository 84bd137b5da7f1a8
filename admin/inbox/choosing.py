"""Whose list of texts is asked for: Twilio's, where that line is set up. A gateway's adapter hands
its texts over again until they are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.sms.signed_by_twilio import has_line
from portal.foundation.settings import Settings

if TYPE_CHECKING:
    from admin.inbox.twilio_inbox import TwilioInbox


def inbox_of(settings: Settings) -> TwilioInbox | None:
    """The provider whose list and pictures the worker asks for. Imported here since that takes a
    quarter of a second: only the worker asks."""
    if not has_line(settings):
        return None
    from admin.inbox.twilio_inbox import TwilioInbox

    return TwilioInbox(settings)
