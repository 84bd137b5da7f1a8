"""Everything that a deployment may set, read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import make_url

from portal.foundation.mail_address import is_mail_address
from portal.foundation.mail_server import mail_server
from portal.foundation.service_address import (
    counts_are_private,
    database_is_private,
    is_this_machine,
    site_is_private,
)

PARTS = frozenset({"public", "staff"})


class UnusableSetting(ValueError):
    """A setting that the product can't start with; its text is the one line shown to the
    operator."""


def _setting(name: str, help_text: str, default: str) -> Any:
    return field(metadata={"name": name, "help": help_text, "default": default})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One deployment. Every field names its environment variable, for `.env.example` and
    `doctor`."""

    data_dir: Path = _setting("DATA_DIR", "Folder of the database, limits and keys.", "./data")
    database_url: str = _setting(
        "DATABASE_URL",
        "SQLAlchemy address; empty means SQLite inside DATA_DIR. PostgreSQL on another host needs "
        "sslmode=verify-full.",
        "",
    )
    files_dir: Path = _setting(
        "FILES_DIR",
        "Folder of the sealed files that people send; several machines share one. Empty: in "
        "DATA_DIR.",
        "",
    )
    master_key_file: Path = _setting(
        "MASTER_KEY_FILE",
        "Opens the units' private keys; only the staff site and the worker read it.",
        "",
    )
    secret_key_file: Path = _setting(
        "SECRET_KEY_FILE", "Signs forms and submission ids; every process reads it.", ""
    )
    intake_key_file: Path = _setting(
        "INTAKE_KEY_FILE", "Derives query codes and matching digests; every process reads it.", ""
    )
    public_url: str = _setting(
        "PUBLIC_URL",
        "Address of the public site as citizens type it; https:// anywhere but on this machine.",
        "http://127.0.0.1:8000",
    )
    staff_url: str = _setting(
        "STAFF_URL",
        "Address of the staff site; https:// anywhere but on this machine.",
        "http://127.0.0.1:8001",
    )
    trusted_proxies: int = _setting(
        "TRUSTED_PROXIES", "How many proxies in front may name the client's address.", "0"
    )
    limits_url: str = _setting(
        "LIMITS_URL",
        "Empty: limits.db in DATA_DIR. rediss:// or valkeys:// for several machines, on this one "
        "redis:// too.",
        "",
    )
    parts: frozenset[str] = _setting("PARTS", "Which parts this process serves.", "public,staff")
    twilio_account_sid: str = _setting("TWILIO_ACCOUNT_SID", "Empty: no Twilio line.", "")
    twilio_auth_token: str = _setting("TWILIO_AUTH_TOKEN", "Twilio's signing secret.", "")
    twilio_number: str = _setting("TWILIO_NUMBER", "Our number at Twilio, E.164.", "")
    twilio_api_base: str = _setting(
        "TWILIO_API_BASE", "Only for tests: a stand-in on the loopback address.", ""
    )
    sms_gateway_url: str = _setting(
        "SMS_GATEWAY_URL", "Where our texts are handed to a gateway; empty: to Twilio, if set.", ""
    )
    sms_gateway_secret: str = _setting(
        "SMS_GATEWAY_SECRET", "Signs what we and the gateway tell each other.", ""
    )
    sms_daily_ceiling: int = _setting(
        "SMS_DAILY_CEILING", "How many notices are sent on one day at most.", "2000"
    )
    smtp_url: str = _setting(
        "SMTP_URL",
        "Who sends our mails: smtp://user:password@host:587 (with STARTTLS) or smtps://host:465; "
        "for the worker alone. Empty: no mail.",
        "",
    )
    mail_from: str = _setting(
        "MAIL_FROM", "The address that our mails come from; empty: no mail is offered.", ""
    )
    mail_daily_ceiling: int = _setting(
        "MAIL_DAILY_CEILING", "How many mails are sent on one day at most.", "1000"
    )
    clamd_socket: str = _setting(
        "CLAMD_SOCKET", "Socket of ClamAV's clamd, asked before staff take a file; or empty.", ""
    )
    heads_file: Path = _setting(
        "HEADS_FILE",
        "Where a head of the chain of events is written every day: best on another machine's mount "
        "or on a medium that is written once. Empty: heads.txt in DATA_DIR/shared.",
        "",
    )
    heads_mail_to: tuple[str, ...] = _setting(
        "HEADS_MAIL_TO", "Who gets it by mail, with commas between; needs SMTP_URL.", ""
    )
    fonts_dir: Path = _setting(
        "FONTS_DIR",
        "Folder below which the Chinese font of the posters lies (Debian: fonts-noto-cjk).",
        "/usr/share/fonts",
    )
    log_format: str = _setting(
        "LOG_FORMAT", "lines, or json: one object a line, for what collects logs.", "lines"
    )
    demo: bool = _setting("DEMO", "1 adds sample staff and cases, all marked as samples.", "")

    @property
    def database_dir(self) -> Path:
        """Where SQLite's files lie. Every process writes here, so no key may lie here."""
        return self.data_dir / "database"

    @property
    def database_file(self) -> Path:
        """The embedded database, where it is in use."""
        return Path(make_url(self.database_url).database or "").resolve()

    @property
    def shared_dir(self) -> Path:
        """What every process may read: the signing secret, the intake key, the pinned public
        keys."""
        return self.data_dir / "shared"

    @property
    def spool_dir(self) -> Path:
        """Where texts wait, sealed, that came while the database was away. It is among the files,
        since several machines share those."""
        return self.files_dir / "spool"

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is in use."""
        return self.database_url.startswith("sqlite")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings.

        Raises:
            UnusableSetting: a value can't be used; the text says which and what would do.
        """
        raw = {
            f.name: environ.get(f.metadata["name"], "") or f.metadata["default"]
            for f in fields(cls)
        }
        data_dir = Path(raw["data_dir"]).resolve()
        return cls(
            data_dir=data_dir,
            database_url=_private_database(_database_url(raw["database_url"], data_dir), environ),
            files_dir=_file(raw["files_dir"], data_dir / "files"),
            master_key_file=_file(raw["master_key_file"], data_dir / "keys" / "master.key"),
            secret_key_file=_file(raw["secret_key_file"], data_dir / "shared" / "secret.key"),
            intake_key_file=_file(raw["intake_key_file"], data_dir / "shared" / "intake.key"),
            public_url=_address("PUBLIC_URL", raw["public_url"], demo=raw["demo"] == "1"),
            staff_url=_address("STAFF_URL", raw["staff_url"], demo=raw["demo"] == "1"),
            trusted_proxies=_whole("TRUSTED_PROXIES", raw["trusted_proxies"]),
            limits_url=_limits(raw["limits_url"]),
            parts=_parts(raw["parts"]),
            twilio_account_sid=raw["twilio_account_sid"],
            twilio_auth_token=raw["twilio_auth_token"],
            twilio_number=raw["twilio_number"],
            twilio_api_base=_loopback(raw["twilio_api_base"]),
            sms_gateway_url=_gateway(raw["sms_gateway_url"], raw["sms_gateway_secret"]),
            sms_gateway_secret=raw["sms_gateway_secret"],
            sms_daily_ceiling=_whole("SMS_DAILY_CEILING", raw["sms_daily_ceiling"]),
            smtp_url=_smtp(raw["smtp_url"], raw["mail_from"]),
            mail_from=_mail_from(raw["mail_from"]),
            mail_daily_ceiling=_whole("MAIL_DAILY_CEILING", raw["mail_daily_ceiling"]),
            clamd_socket=raw["clamd_socket"],
            heads_file=_file(raw["heads_file"], data_dir / "shared" / "heads.txt"),
            heads_mail_to=_mail_to(raw["heads_mail_to"]),
            fonts_dir=Path(raw["fonts_dir"]).resolve(),
            log_format=_log_format(raw["log_format"]),
            demo=raw["demo"] == "1",
        )


def _file(value: str, default: Path) -> Path:
    return Path(value).resolve() if value else default


def _database_url(value: str, data_dir: Path) -> str:
    if not value:
        # SQLAlchemy decodes percent signs in the database part of an address.
        return f"sqlite:///{str(data_dir / 'database' / 'huimin.db').replace('%', '%25')}"
    if value.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + value.split("://", 1)[1]
    if value.startswith(("postgresql+psycopg://", "sqlite:///")):
        return value
    raise UnusableSetting("DATABASE_URL must begin with postgresql:// or sqlite:///.")


def _private_database(url: str, environ: Mapping[str, str]) -> str:
    if not database_is_private(url, environ):
        # What lies in the clear, and every digest, would cross the net for anybody to change.
        raise UnusableSetting("DATABASE_URL (PGHOST …) elsewhere must say sslmode=verify-full.")
    return url


def _address(name: str, value: str, *, demo: bool) -> str:
    if not value.startswith(("http://", "https://")):
        raise UnusableSetting(f"{name} must begin with http:// or https://.")
    if not demo and not site_is_private(value):
        # Everything typed, query codes and passwords would cross the net in the clear.
        raise UnusableSetting(
            f"{name} must begin with https://, but on this machine or with DEMO=1."
        )
    return value.rstrip("/")


def _limits(value: str) -> str:
    if not counts_are_private(value):
        # Its keys stand for people for a day.
        raise UnusableSetting("LIMITS_URL on another host must begin with rediss:// or valkeys://.")
    return value


def _whole(name: str, value: str) -> int:
    if not value.isdigit():
        raise UnusableSetting(f"{name} must be a whole number, 0 or more.")
    return int(value)


def _parts(value: str) -> frozenset[str]:
    parts = frozenset(part.strip() for part in value.split(",") if part.strip())
    if not parts or not parts <= PARTS:
        raise UnusableSetting("PARTS must be public, staff, or both with a comma between.")
    return parts


def _log_format(value: str) -> str:
    if value not in {"lines", "json"}:
        raise UnusableSetting("LOG_FORMAT must be lines or json.")
    return value


def _gateway(value: str, secret: str) -> str:
    if value and not site_is_private(value):
        # Numbers and texts would go over the net in the clear.
        raise UnusableSetting("SMS_GATEWAY_URL must begin with https://.")
    if value and not secret:
        raise UnusableSetting("SMS_GATEWAY_URL needs SMS_GATEWAY_SECRET, which signs what we send.")
    return value.rstrip("/")


def _smtp(value: str, mail_from: str) -> str:
    if not value:
        return ""
    if mail_server(value) is None:
        raise UnusableSetting(
            "SMTP_URL must be smtp://user:password@host:587 or smtps://user:password@host:465."
        )
    if not mail_from:
        raise UnusableSetting("SMTP_URL needs MAIL_FROM, the address that our mails come from.")
    return value


def _mail_from(value: str) -> str:
    if value and not is_mail_address(value):
        raise UnusableSetting("MAIL_FROM must be a plain mail address, such as notice@example.com.")
    return value


def _mail_to(value: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(one.strip() for one in value.split(",") if one.strip()))
    if not all(is_mail_address(one) for one in found):
        raise UnusableSetting("HEADS_MAIL_TO must be plain mail addresses with commas between.")
    return found


def _loopback(value: str) -> str:
    # A stand-in elsewhere would be handed the account's credentials.
    if value and not is_this_machine(urlsplit(value).hostname or ""):
        raise UnusableSetting("TWILIO_API_BASE may only name the loopback address.")
    return value.rstrip("/")
