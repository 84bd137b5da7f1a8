"""What a deployment lacks of the sealed class (密件)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from admin.sealed_class.drilling import is_overdue, last_drill
from admin.sealed_class.standing import Standing, standing_of
from admin.system.finding import Finding
from intake.vault.class_key import class_key
from portal.campaign.book import NoCampaign, book
from portal.foundation import clock, formats


def class_findings(session: Session) -> Iterator[Finding]:
    """Whether what accuses the office, or the system's administrators, can be read at all, and by
    two."""
    try:
        standing = standing_of(session, book(session))
    except NoCampaign:
        return
    if standing is Standing.NOT_FOUNDED and class_key(session) is not None:
        yield Finding(
            "This machine doesn't trust the sealed class yet: run `flask --app wsgi keys "
            "sealed-recover`, where discipline inspection types the class's printed key.",
            "这台机器还没有认密件的钥匙：请纪检监察到机器前输入密件的备用钥匙，"
            "运行 flask --app wsgi keys sealed-recover",
        )
        return
    if standing is Standing.NOT_FOUNDED:
        yield Finding(
            "The sealed class isn't founded: run `flask --app wsgi keys sealed` in a terminal.",
            "密件还没有设好：在终端里运行 flask --app wsgi keys sealed",
        )
        return
    yield from _untried(session)
    if standing is not Standing.OK:
        yield Finding(
            f"The {standing.value}: discipline inspection names two, on its page of sealed cases.",
            "密件的阅读人不到两位：请纪检监察在“密件”里确定两位",
        )


def _untried(session: Session) -> Iterator[Finding]:
    drilled = last_drill(session)
    if not is_overdue(drilled):
        return
    how = "discipline inspection types it into `flask --app wsgi keys sealed-drill`."
    if drilled is None:
        yield Finding(
            f"The printed key of the sealed class was never tried: {how}",
            "密件的备用钥匙还没有试过：请纪检监察到机器前输入，"
            "运行 flask --app wsgi keys sealed-drill",
        )
        return
    on = clock.day_of(drilled)
    yield Finding(
        f"The printed key of the sealed class was last tried on {on}: {how}",
        f"密件的备用钥匙上次是{formats.day_with_year(on)}试的：请纪检监察到机器前输入，"
        "运行 flask --app wsgi keys sealed-drill",
    )
