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
        ({"PUBLIC_URL": "http://hotline.example.gov.cn"}, "PUBLIC_URL must begin with https"),
        ({"STAFF_URL": "http://10.0.0.7:8001"}, "STAFF_URL must begin with https"),
        ({"STAFF_URL": "http://localhost.example.cn"}, "STAFF_URL must begin with https"),
    ],
)
def test_what_can_t_be_used_is_named(wrong: dict[str, str], why: str) -> None:
    with pytest.raises(UnusableSetting, match=why):
        Settings.from_environment(GATEWAY | wrong)


def test_a_stand_in_on_the_loopback_address_needs_no_tls() -> None:
    settings = Settings.from_environment(GATEWAY | {"SMS_GATEWAY_URL": "http://127.0.0.1:9/x"})
    assert settings.sms_gateway_url == "http://127.0.0.1:9/x"


@pytest.mark.parametrize(
    ("name", "address", "taken"),
    [
        ("PUBLIC_URL", "https://hotline.example.gov.cn", True),
        ("PUBLIC_URL", "http://127.0.0.1:8000", True),
        ("STAFF_URL", "http://localhost", True),
        ("STAFF_URL", "http://[::1]:8001", True),
        ("DATABASE_URL", "postgresql://huimin_staff@/huimin", True),
        ("DATABASE_URL", "postgresql://a@/huimin?host=/var/run/postgresql", True),
        ("DATABASE_URL", "postgresql://a:b@localhost:5432/huimin", True),
        ("DATABASE_URL", "postgresql://a:b@db.example.cn/huimin?sslmode=verify-full", True),
        ("DATABASE_URL", "postgresql://a:b@db.example.cn/huimin", False),
        ("DATABASE_URL", "postgresql://a:b@db.example.cn/huimin?sslmode=require", False),
        ("DATABASE_URL", "postgresql://a@/huimin?host=db.example.cn:5432", False),
        ("DATABASE_URL", "postgresql://a@/huimin?host=/run/pg&host=10.0.0.9:5432", False),
        ("DATABASE_URL", "postgresql://a@localhost/huimin?hostaddr=10.0.0.9", False),
        ("LIMITS_URL", "redis://127.0.0.1:6379/0", True),
        ("LIMITS_URL", "redis+unix:///run/redis/redis.sock", True),
        ("LIMITS_URL", "valkeys://counts.example.cn:6380/0", True),
        ("LIMITS_URL", "redis://counts.example.cn:6379/0", False),
        ("LIMITS_URL", "redis+cluster://counts.example.cn:6379", False),
        ("LIMITS_URL", "rediss://counts.example.cn:6380/0?ssl_cert_reqs=none", False),
    ],
)
def test_nothing_crosses_the_net_without_tls_that_is_checked(
    name: str, address: str, taken: bool
) -> None:
    if taken:
        Settings.from_environment({name: address})
        return
    with pytest.raises(UnusableSetting, match=f"^{name} .* must (say|begin)"):
        Settings.from_environment({name: address})


@pytest.mark.parametrize(
    ("around", "address", "taken"),
    [
        ({"PGHOST": "db.example.cn"}, "postgresql:///huimin", False),
        ({"PGHOST": "/run/pg,10.0.0.9"}, "postgresql:///huimin", False),
        ({"PGHOSTADDR": "10.0.0.9"}, "postgresql://localhost/huimin", False),
        ({"PGSERVICE": "huimin"}, "postgresql:///huimin", False),
        ({}, "postgresql:///?service=huimin", False),
        ({"PGHOST": "db.example.cn"}, "postgresql:///huimin?sslmode=verify-full", True),
        ({"PGHOST": "/run/pg"}, "postgresql:///huimin", True),
        ({"PGHOST": "db.example.cn"}, "", True),
    ],
)
def test_what_the_address_of_the_database_leaves_out_is_looked_at_too(
    around: dict[str, str], address: str, taken: bool
) -> None:
    environ = {"DATABASE_URL": address, **around}
    if taken:
        Settings.from_environment(environ)
        return
    with pytest.raises(UnusableSetting, match="sslmode=verify-full"):
        Settings.from_environment(environ)


def test_a_demonstration_may_be_shown_in_the_house() -> None:
    settings = Settings.from_environment({"DEMO": "1", "PUBLIC_URL": "http://10.0.0.7:8000"})
    assert settings.public_url == "http://10.0.0.7:8000"
