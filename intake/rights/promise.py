"""By when a request about one's own information is answered: counted from the campaign's promise
each time it is asked, so that a new calendar moves it by itself."""

from __future__ import annotations

from datetime import date

from intake.rules.clocks import Running
from intake.rules.deadlines import due
from portal.campaign.book import Book
from portal.campaign.rights_rule import RightsRule


def promised(received_on: date, book: Book) -> Running:
    """The clock of a request that was received on a Shanghai day: so many working days after it."""
    rule = RightsRule.of(book.campaign)
    return Running("reply", due(rule.days, True, received_on, book.calendar).by(rule.source))
