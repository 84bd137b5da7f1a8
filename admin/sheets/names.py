"""What people write into a spreadsheet for the campaign's codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.campaign.book import Book


@dataclass(frozen=True)
class Names:
    """Codes of the campaign by what people write for them; a code stands for itself."""

    policies: Mapping[str, str]
    problems: Mapping[str, str]
    places: Mapping[str, str]
    units: Mapping[str, str]

    @classmethod
    def of(cls, book: Book) -> Names:
        """The names of a campaign; what two places share names neither."""
        places: dict[str, str] = {}
        twice = set()
        for code, place in book.places.items():
            for name in {place.name, book.place_name(code)}:
                if places.setdefault(name, code) != code:
                    twice.add(name)
        return cls(
            policies={n: c for c, p in book.policies.items() for n in (c, p.name)},
            problems={n: c for c, p in book.problem_types.items() for n in (c, p.plain_text)},
            places={n: c for n, c in places.items() if n not in twice}
            | {code: code for code in book.places},
            units={n: c for c, u in book.units.items() for n in (c, u.name, u.short_name)},
        )
