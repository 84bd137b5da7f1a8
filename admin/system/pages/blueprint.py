"""The blueprint that the system's pages hang on."""

from __future__ import annotations

from admin.accounts.frame import room

blueprint = room("system", __name__)
