"""No provider: on a laptop, and wherever none is set up. Nothing goes out, and the log says so
without a number or a word."""

from __future__ import annotations

import logging

from admin.outbox.provider import OpenText, Outcome, Verdict

_log = logging.getLogger("huimin")


class Nobody:
    """Nobody sends anything."""

    name = "nobody"

    def send(self, opened: OpenText) -> Outcome:
        """Say that a message wasn't sent."""
        _log.info("a message of %d characters wasn't sent: no provider is set up", len(opened.body))
        return Outcome(Verdict.NOBODY)

    def find(self, opened: OpenText) -> Outcome:
        """There is nobody to ask; whoever was asked before may have it."""
        return Outcome(Verdict.UNKNOWN)
