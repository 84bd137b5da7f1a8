"""What a deployment lacks of the sealed class (密件)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from admin.sealed_class.standing import Standing, standing_of
from admin.system.finding import Finding
from portal.campaign.book import NoCampaign, book


def class_findings(session: Session) -> Iterator[Finding]:
    """Whether what accuses the office, or the system's administrators, can be read at all, and by
    two."""
    try:
        standing = standing_of(session, book(session))
    except NoCampaign:
        return
    if standing is Standing.NOT_FOUNDED:
        yield Finding(
            "The sealed class isn't founded: run `flask --app wsgi keys sealed` in a terminal.",
            "密件还没有设好：在终端里运行 flask --app wsgi keys sealed",
        )
    elif standing is not Standing.OK:
        yield Finding(
            f"The {standing.value}: discipline inspection names two, on its page of sealed cases.",
            "密件的阅读人不到两位：请纪检监察在“密件”里确定两位",
        )
