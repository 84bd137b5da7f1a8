"""The blueprint that these pages hang on."""

from __future__ import annotations

from admin.publishing.pages.room import publishing_room

blueprint = publishing_room("appearances", __name__)
