"""What each role is called in front of people."""

from __future__ import annotations

from portal.foundation.staff import Role

ROLE_NAMES = {
    Role.OFFICER: "经办人",
    Role.HEAD: "单位负责人",
    Role.CHECKER: "摸排员",
    Role.INTAKE_CLERK: "登记员",
    Role.PUBLISHER: "公示员",
    Role.OFFICE: "领导小组办公室",
    Role.OFFICE_HEAD: "领导小组办公室负责人",
    Role.DISCIPLINE: "纪检监察",
    Role.AUDITOR: "审计",
    Role.SYSTEM_ADMIN: "系统管理员",
}


def post_name(unit: str, role: Role) -> str:
    """A post in one line. The roles of the office name it, so that it isn't said twice."""
    office, name = ROLE_NAMES[Role.OFFICE], ROLE_NAMES[role]
    if unit.endswith(office) and name.startswith(office):
        return unit + (name.removeprefix(office) or "工作人员")
    return unit + name
