"""The blueprint that these pages hang on."""

from __future__ import annotations

from admin.accounts.frame import room

blueprint = room("outbox", __name__)
