"""A text that comes in: signed by its provider, registered, and answered with its receipt."""

from __future__ import annotations

from collections.abc import Sequence

from bench.requests import post
from bench.row import CONNECTIONS, Aim, Row
from bench.serving import Server
from portal.foundation.settings import Settings
from tests.fakes import Twilio

# A line of nobody's.
LINE = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "bench-only",
    "TWILIO_NUMBER": "+8610690000100",
}
_PATH = "/sms/twilio"
_TEXTS_PER_SECOND = 1500
# One sender is answered 20 times an hour; each of ours sends fewer texts than that.
_TEXTS_OF_A_SENDER = 10
# As long as texts to the line are.
_WORDS = (
    "我是万松街道的，我父亲八十一岁，高龄津贴从去年秋天起就没有打到卡上，"
    "社区说报上去了，一直没有下文，请查一查"
)


def rows(public: Server, settings: Settings, seconds: float) -> list[Row]:
    """The text. `settings` are those of the site's Twilio line."""
    count = max(CONNECTIONS, round(_TEXTS_PER_SECOND * seconds))
    return [
        Row(
            "text in, POST",
            public,
            lambda number: _texts(settings, number, count),
            Aim(ratio=0.03, p99_ms=250),
            holds="查询码".encode(),
        )
    ]


def _texts(settings: Settings, number: int, count: int) -> Sequence[bytes]:
    """Texts of many people, none of them sent before."""
    twilio = Twilio(settings)
    return [_text(twilio, number, one) for one in range(count)]


def _text(twilio: Twilio, number: int, one: int) -> bytes:
    sender = f"+86139{number % 1000:03d}{one // _TEXTS_OF_A_SENDER:05d}"
    form = twilio.form(f"{_WORDS}（{number}-{one}）", sender=sender)
    return post(_PATH, form, twilio.headers(form))
