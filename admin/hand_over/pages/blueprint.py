"""The blueprint that the pages of sealed packages hang on."""

from __future__ import annotations

from admin.accounts.frame import room

blueprint = room("hand_over", __name__)
