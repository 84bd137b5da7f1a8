"""What a post is called."""

from __future__ import annotations

import pytest

from admin.accounts.role_names import post_name
from portal.foundation.staff import Role


@pytest.mark.parametrize(
    ("unit", "role", "said"),
    [
        ("区民政局", Role.OFFICER, "区民政局经办人"),
        ("领导小组办公室", Role.OFFICE_HEAD, "领导小组办公室负责人"),
        ("某区领导小组办公室", Role.OFFICE, "某区领导小组办公室工作人员"),
        ("领导小组办公室", Role.SYSTEM_ADMIN, "领导小组办公室系统管理员"),
    ],
)
def test_a_post_names_its_unit_once(unit: str, role: Role, said: str) -> None:
    assert post_name(unit, role) == said
