"""Posts carry a stamp that only the staff side can make: a role that somebody wrote into the
database is none."""

from __future__ import annotations

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from intake.vault.vault import vault_of
from portal.foundation.staff import Post, Role, Staff


def stamped_post(session: Session, staff_id: int, unit_code: str, role: Role) -> Post:
    """A post with its stamp."""
    stamp, *_ = _stamps(session, staff_id, unit_code, role)
    return Post(staff_id=staff_id, unit_code=unit_code, role=role, stamp=stamp)


def is_stamped_before(session: Session, post: Post) -> bool:
    """Whether a former key stamped a post; one that no live key stamped is none."""
    _, *former = _stamps(session, post.staff_id, post.unit_code, post.role)
    return post.stamp in former


def stamp_anew(session: Session, post: Post) -> None:
    """Stamp a post by the newest key."""
    post.stamp, *_ = _stamps(session, post.staff_id, post.unit_code, post.role)


def only_stamped(session: Session, staff: Staff) -> Staff:
    """The person with those posts whose stamp fits; others don't exist."""
    fitting = [
        post
        for post in staff.posts
        if post.stamp in _stamps(session, staff.id, post.unit_code, post.role)
    ]
    set_committed_value(staff, "posts", fitting)
    return staff


def _stamps(session: Session, staff_id: int, unit_code: str, role: Role) -> tuple[str, ...]:
    return vault_of(session).stamps("staff-post", str(staff_id), unit_code, role)
