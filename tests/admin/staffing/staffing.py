"""A house with two administrators, and changes of who works there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from portal.foundation.staff import Role
from tests.admin.house import House
from tests.deployments import Deployment

HOW = {"how": "in_person"}
NEW = {"name": "xin", "display_name": "辛同志", "unit": "MZ", "role": "officer", **HOW}


class Staffing(House):
    """The house, and what is asked for, agreed to and taken there."""

    def ask(self, name: str, path: str, /, **typed: str) -> str:
        """Ask for a change; returns its path."""
        answer = self.post(name, f"/staff/people/{path}", **{**HOW, **typed})
        assert answer.status_code == 303, answer.text
        return urlsplit(answer.location).path

    def word(self, name: str, path: str) -> str:
        """Agree; returns the word that this person is told."""
        answer = self.post(name, f"{path}/agree")
        assert answer.status_code == 200, answer.text
        found = re.search(r"<code>([0-9A-Z ]+)</code>", answer.text)
        assert found
        return found[1]

    def link(self, name: str, path: str) -> str:
        """Fetch the link; returns its path."""
        answer = self.post(name, f"{path}/link")
        assert answer.status_code == 200, answer.text
        found = re.search(r"(/staff/enrol/[^<]+)</code>", answer.text)
        assert found
        return found[1]

    def id_of(self, name: str) -> int:
        """The id of somebody."""
        with self.deployment.database.reading() as session:
            return self.deployment.staff_id(session, name)

    def open(self, path: str) -> TestResponse:
        """What anybody sees at an address."""
        return self.deployment.staff.test_client().get(path)


def furnished(deployment: Deployment) -> Staffing:
    """A house with two administrators."""
    house = Staffing(deployment)
    house.move_in()
    deployment.add_staff("guan", ("BGS", Role.SYSTEM_ADMIN), display="管同志")
    deployment.add_staff("wei", ("BGS", Role.SYSTEM_ADMIN), display="韦同志")
    return house
