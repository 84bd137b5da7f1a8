"""Whoever can merely write the database, as the public process can, doesn't become staff by it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import select, update

from admin.accounts.credential import Credential
from admin.accounts.staff_session import StaffSession
from portal.foundation import clock
from portal.foundation.staff import Post, Role
from tests.admin.accounts.site import Site


def test_a_sign_in_written_by_hand_is_none(site: Site) -> None:
    staff = site.add("wang")
    token = f"{staff.id}.{'x' * 43}"
    with site.database.writing() as session:
        session.add(
            StaffSession(
                token_hash=hashlib.sha256(token.encode()).hexdigest(),
                staff_id=staff.id,
                form_key="0" * 64,
                signed_in_at=clock.now(),
                expires_at=clock.now() + timedelta(hours=1),
                proved_at=clock.now(),
                proved_stamp="0" * 64,
            )
        )
    client = site.client()
    client.set_cookie("hh_staff", token)
    assert client.get("/staff/account").status_code == 303


def test_a_sign_in_given_to_somebody_else_is_nobodys(site: Site) -> None:
    site.add("wang")
    head = site.add("zhao", ("OF", Role.OFFICE_HEAD))
    client = site.signed_in("wang")
    with site.database.writing() as session:
        session.execute(update(StaffSession).values(staff_id=head.id))
    assert client.get("/staff/account").status_code == 303


def test_a_role_written_by_hand_is_none(site: Site) -> None:
    staff = site.add("wang", ("MZ", Role.OFFICER))
    with site.database.writing() as session:
        stamp = session.scalars(select(Post.stamp).where(Post.staff_id == staff.id)).one()
        session.add(Post(staff_id=staff.id, unit_code="OF", role=Role.OFFICE_HEAD, stamp=stamp))
    page = site.signed_in("wang").get("/staff/account").get_data(as_text=True)
    assert "区民政局" in page
    assert "领导小组办公室" not in page


def test_a_one_time_link_written_by_hand_opens_nothing(site: Site) -> None:
    staff = site.add("wang")
    token = f"{staff.id}.{'y' * 43}"
    with site.database.writing() as session:
        credential = session.get_one(Credential, staff.id)
        credential.enrolment_hash = hashlib.sha256(token.encode()).hexdigest()
        credential.enrolment_expires_at = clock.now() + timedelta(hours=1)
    answer = site.client().get(f"/staff/enrol/{token}")
    assert answer.status_code != 200
