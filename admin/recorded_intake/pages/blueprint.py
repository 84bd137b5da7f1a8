"""The blueprint that these pages hang on, and who may open them."""

from __future__ import annotations

from admin.accounts.frame import room
from portal.foundation.staff import Role

# Whoever picks up a telephone, receives a visitor or opens a letter: clerks, and every desk that
# people turn to. Discipline inspection keeps a register of its own for what it receives
# (检举控告工作规则); publishers, auditors and administrators have nothing to do with reporters.
RECORDING_ROLES = (
    Role.INTAKE_CLERK,
    Role.OFFICER,
    Role.HEAD,
    Role.OFFICE,
    Role.OFFICE_HEAD,
)

blueprint = room("recorded_intake", __name__)
