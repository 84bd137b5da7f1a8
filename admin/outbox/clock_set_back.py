"""Messages that were queued or tried by a clock that has been set back since: they would wait until
it has caught up, which may be a day or a year."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import case, func, select, update

from intake.outbox.outbound_text import OutboundText
from intake.rules.sending import IN_HAND, LEASE, Medium
from portal.foundation import clock
from portal.foundation.database import Database

_BEFORE = timedelta(days=1)


def bring_back(database: Database, medium: Medium) -> None:
    """Let each wait for one lease more, by the clock as it is now: whoever still has one in his
    hands is done with it by then, so that nothing goes out twice."""
    now = clock.now()
    ahead = (
        OutboundText.state.in_(IN_HAND),
        OutboundText.medium == medium,
        func.coalesce(OutboundText.last_tried_at, OutboundText.queued_at) > now + LEASE,
    )
    with database.reading() as session:
        if session.scalar(select(OutboundText.id).where(*ahead).limit(1)) is None:
            return
    with database.writing() as session:
        session.execute(
            update(OutboundText)
            .where(*ahead)
            .values(
                queued_at=now,
                # Whoever is asked for it later has it from before now, by his own clock.
                first_tried_at=case(
                    (OutboundText.first_tried_at > now, now - _BEFORE),
                    else_=OutboundText.first_tried_at,
                ),
                last_tried_at=now,
                next_at=now + LEASE,
            )
            .execution_options(synchronize_session=False)
        )
