"""What opens something by itself is given back by no page, and known by its field's name."""

from __future__ import annotations

from collections.abc import Iterator

from wtforms import PasswordField
from wtforms.form import Form

import wsgi  # noqa: F401  # Every form is read in with it.
from admin.accounts.pages.kept_form import SECRET
from admin.accounts.staff_form import StaffForm
from tests.deployments import Deployment


def forms(above: type[Form]) -> Iterator[type[Form]]:
    """Every form of the staff site."""
    for one in above.__subclasses__():
        yield one
        yield from forms(one)


def test_a_kept_form_loses_whatever_is_typed_unseen(deployment: Deployment) -> None:
    # The forms are read in with the pages.
    assert deployment.staff.blueprints
    unseen = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in forms(StaffForm)
        for name in dir(form)
        if getattr(getattr(form, name), "field_class", None) is PasswordField
    }
    assert len(unseen) > 8
    assert {one for one in unseen if not one.rpartition(".")[2].startswith(SECRET)} == set()
