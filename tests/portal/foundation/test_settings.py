"""Settings that can't be used stop the start, and say why."""

from __future__ import annotations

import pytest

from portal.foundation.settings import Settings, UnusableSetting

GATEWAY = {"SMS_GATEWAY_URL": "https://texts.example.cn/send/", "SMS_GATEWAY_SECRET": "a secret"}


def test_a_gateway() -> None:
    settings = Settings.from_environment(GATEWAY)
    assert settings.sms_gateway_url == "https://texts.example.cn/send"
    assert settings.sms_daily_ceiling == 2000


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"SMS_GATEWAY_URL": "http://texts.example.cn"}, "https"),
        ({"SMS_GATEWAY_SECRET": ""}, "SMS_GATEWAY_SECRET"),
        ({"SMS_DAILY_CEILING": "-1"}, "SMS_DAILY_CEILING"),
        ({"SMS_DAILY_CEILING": "many"}, "SMS_DAILY_CEILING"),
        ({"TWILIO_API_BASE": "https://api.example.com"}, "loopback"),
    ],
)
def test_what_can_t_be_used_is_named(wrong: dict[str, str], why: str) -> None:
    with pytest.raises(UnusableSetting, match=why):
        Settings.from_environment(GATEWAY | wrong)


def test_a_stand_in_on_the_loopback_address_needs_no_tls() -> None:
    settings = Settings.from_environment(GATEWAY | {"SMS_GATEWAY_URL": "http://127.0.0.1:9/x"})
    assert settings.sms_gateway_url == "http://127.0.0.1:9/x"
