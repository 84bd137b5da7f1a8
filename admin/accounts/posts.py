"""Posts carry a stamp of the master key: a role that somebody wrote into the database is none."""

from __future__ import annotations

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from intake.vault.vault import vault_of
from portal.foundation.staff import Post, Role, Staff


def stamped_post(session: Session, staff_id: int, unit_code: str, role: Role) -> Post:
    """A post with its stamp."""
    stamp = _stamp(session, staff_id, unit_code, role)
    return Post(staff_id=staff_id, unit_code=unit_code, role=role, stamp=stamp)


def only_stamped(session: Session, staff: Staff) -> Staff:
    """The person with those posts whose stamp fits; others don't exist."""
    fitting = [
        post
        for post in staff.posts
        if post.stamp == _stamp(session, staff.id, post.unit_code, post.role)
    ]
    set_committed_value(staff, "posts", fitting)
    return staff


def _stamp(session: Session, staff_id: int, unit_code: str, role: Role) -> str:
    return vault_of(session).stamp("staff-post", str(staff_id), unit_code, role)
