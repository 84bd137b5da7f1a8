"""The blueprint that the office's pages hang on."""

from __future__ import annotations

from admin.accounts.frame import room

blueprint = room("office", __name__)
