"""The blueprint that these pages hang on, and whom they are for."""

from __future__ import annotations

from admin.accounts.frame import room
from portal.foundation.staff import Role

blueprint = room("filing", __name__)
DECIDING = (Role.OFFICE, Role.OFFICE_HEAD, Role.DISCIPLINE)
