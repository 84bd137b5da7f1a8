"""How it stands with the keys: what the doctor and `/readyz` of the staff site say of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from admin.keys.intake_file import is_other_file
from admin.keys.recovery import last_drill, not_for_recovery
from admin.keys.witness import PUT_BACK, contradictions
from admin.sealed_class.drilling import TRIED_WITHIN
from admin.system.finding import Finding
from intake.vault.key_files import is_being_turned
from intake.vault.vault import vault_of
from portal.foundation import clock, formats
from portal.foundation.settings import Settings, UnusableSetting

# To ask the whole chain takes a while, and `/readyz` is asked all the time.
_GOOD_FOR = timedelta(minutes=10)


def key_findings(session: Session, settings: Settings) -> Iterator[Finding]:
    """What is wrong with the keys, or left half done."""
    if is_being_turned(settings):
        yield Finding(
            "The master key isn't wholly turned: run `flask --app wsgi keys rotate`.",
            "主密钥换到一半：运行 flask --app wsgi keys rotate",
        )
    try:
        yield from _in_the_database(session, settings)
    except UnusableSetting as unusable:
        yield Finding(
            str(unusable),
            "主密钥的文件读不了：在命令行里运行 flask --app wsgi doctor，看是哪一个",
        )
    yield from _recovery(session)


class RolledBackKeys:
    """Whether keys were put back, for `/readyz`: asked anew ten minutes after all was good."""

    def __init__(self) -> None:
        self._good_at: datetime | None = None

    def __call__(self, session: Session) -> str:
        """What is wrong, or "ok"."""
        now = clock.now()
        if self._good_at is None or not self._good_at <= now < self._good_at + _GOOD_FOR:
            try:
                if contradictions(session):
                    return "an old key was put back"
            except UnusableSetting:
                return "the master key can't be read"
            self._good_at = now
        return "ok"


def _in_the_database(session: Session, settings: Settings) -> Iterator[Finding]:
    for sentence in contradictions(session):
        yield Finding(
            f"{sentence} {PUT_BACK}",
            "数据库里的密钥和留痕对不上，有人把旧的放了回去：先停下，查清楚再用",
        )
    if is_other_file(session, settings):
        yield Finding(
            f"{settings.intake_key_file} doesn't hold the keys that this database has: run "
            "`flask --app wsgi init`, which puts it right.",
            "收件密钥的文件和这个数据库对不上：运行 flask --app wsgi init",
        )


def _recovery(session: Session) -> Iterator[Finding]:
    recovery = vault_of(session).pins.recovery
    if recovery is None:
        yield Finding(
            "There is no recovery key: run `flask --app wsgi keys recovery` in a terminal.",
            "还没有备用钥匙：在终端里运行 flask --app wsgi keys recovery",
        )
        return
    if others := not_for_recovery(session, recovery):
        yield Finding(
            f"{others} keys aren't sealed to the recovery key that is pinned: run "
            "`flask --app wsgi keys recovery` in a terminal, and destroy the former paper.",
            "有密钥没有锁给现在的备用钥匙：在终端里运行 flask --app wsgi keys recovery",
        )
    drilled = last_drill(session)
    if drilled is None:
        yield Finding(
            "The recovery key was never tried: run `flask --app wsgi keys drill`.",
            "备用钥匙还没有试过：运行 flask --app wsgi keys drill",
        )
    elif clock.now() - drilled > TRIED_WITHIN:
        on = clock.day_of(drilled)
        yield Finding(
            f"The recovery key was last tried on {on}: run `flask --app wsgi keys drill`.",
            f"备用钥匙上次是{formats.day_with_year(on)}试的：运行 flask --app wsgi keys drill",
        )
