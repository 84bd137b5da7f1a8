"""The blueprint that the desk's pages hang on."""

from __future__ import annotations

from admin.accounts.frame import room

blueprint = room("desk", __name__)
