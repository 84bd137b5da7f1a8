"""A draft of a list as the public will read it. Looking at it and releasing it make the same."""

from __future__ import annotations

from datetime import date, timedelta

from admin.distributions.distribution_draft import DistributionDraft
from admin.distributions.list_texts import ListTexts
from portal.foundation import clock
from portal.published.distributing import only_what_is_shown
from portal.published.distribution import Distribution
from portal.published.distribution_row import DistributionRow


def publication(
    draft: DistributionDraft, texts: ListTexts, on: date
) -> tuple[Distribution, list[DistributionRow]]:
    """The list and its rows, released on a Shanghai day. They are new, and nobody stored them."""
    first = max(on, texts.starts_on or on)
    one = Distribution(
        number=draft.number,
        policy_code=draft.policy_code,
        place_code=draft.place_code,
        paid_from=texts.paid_from,
        paid_to=texts.paid_to,
        standard=texts.standard,
        telephone=texts.telephone,
        sums_only=draft.sums_only,
        columns=list(texts.columns),
        entries=len(texts.rows),
        people=texts.people,
        amount=texts.amount,
        shown_from=first,
        shown_until=first + timedelta(days=texts.days - 1),
        released_at=clock.now(),
        sample=False,
    )
    only_what_is_shown(one)
    return one, [
        DistributionRow(
            distribution_number=draft.number,
            position=position,
            name=row.name,
            community_code=row.community or None,
            people=row.people,
            standard=row.standard,
            amount=row.amount,
        )
        for position, row in enumerate(texts.rows, start=1)
    ]
