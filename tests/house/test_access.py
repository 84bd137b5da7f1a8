"""Every address has an audience, and lets in nobody else."""

from __future__ import annotations

import re

from flask import Flask

from portal.foundation.staff import Role
from tests.deployments import Deployment
from tests.house.audiences import ANY_STAFF, AUDIENCES, NOT_SIGNED_IN

WHERE = "Add this endpoint to the list of audiences in tests/house/audiences.py"


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def test_every_address_has_an_audience(deployment: Deployment) -> None:
    there = endpoints(deployment.public) | endpoints(deployment.staff)
    assert there - AUDIENCES.keys() == set(), WHERE
    assert AUDIENCES.keys() - there == set(), "these are listed but nowhere to be found"


def test_the_public_site_has_no_staff_page(deployment: Deployment) -> None:
    rooms = {endpoint.split(".")[0] for endpoint in endpoints(deployment.public)}
    assert not rooms & {"accounts", "desk", "office", "publishing", "system"}


def test_every_staff_view_is_guarded_as_listed(deployment: Deployment) -> None:
    for endpoint, view in deployment.staff.view_functions.items():
        listed = AUDIENCES[endpoint]
        if isinstance(listed, frozenset):
            assert frozenset(getattr(view, "audience", ["none"])) == listed, endpoint
        else:
            assert not hasattr(view, "audience"), endpoint


def staff_pages(deployment: Deployment) -> dict[str, frozenset[Role]]:
    """Each staff page that answers GET, with who may open it."""
    pages = {}
    for rule in deployment.staff.url_map.iter_rules():
        listed = AUDIENCES[rule.endpoint]
        if isinstance(listed, frozenset) and "GET" in (rule.methods or ()):
            path = re.sub(r"<any\('([a-z-]+)'[^>]*>", r"\1", str(rule))
            pages[re.sub(r"<[^>]*>", "1", path)] = listed
    return pages


def test_without_a_sign_in_every_page_asks_for_one(deployment: Deployment) -> None:
    client = deployment.staff.test_client()
    for path in staff_pages(deployment):
        answer = client.get(path)
        assert (answer.status_code, "/staff/sign-in" in answer.location) == (303, True), path


def test_a_page_for_others_doesnt_exist(deployment: Deployment) -> None:
    """With another role the answer is that of an address that nobody knows.

    Each page is asked for by the first who may not open it, and a page of each list of roles by all
    who aren't on it: that every page declares its own list is asked above.
    """
    guarded = {path: on for path, on in staff_pages(deployment).items() if on != ANY_STAFF}
    unasked = set(guarded)
    for role in Role:
        deployment.add_staff(role.value, ("MZ", role))
        client = deployment.officer(role.value)
        unknown = client.get("/staff/no-such-page")
        closed = {path: on for path, on in guarded.items() if role not in on}
        one_of_each_list = {on: path for path, on in closed.items()}.values()
        for path in {*one_of_each_list, *(closed.keys() & unasked)}:
            answer = client.get(path)
            assert (answer.status_code, answer.data) == (404, unknown.data), (role, path)
        unasked -= closed.keys()
    assert all(guarded[path] >= set(Role) for path in unasked)


def test_a_form_without_its_token_changes_nothing(deployment: Deployment) -> None:
    deployment.add_staff("all", *(("MZ", role) for role in Role))
    client = deployment.officer("all")
    for rule in deployment.staff.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or AUDIENCES[rule.endpoint] == NOT_SIGNED_IN:
            continue
        path = re.sub(r"<any\('([a-z-]+)'[^>]*>", r"\1", str(rule))
        answer = client.post(re.sub(r"<[^>]*>", "1", path), data={"csrf_token": "wrong"})
        assert answer.status_code == 400, path
