"""What the tests do at the desk: upload, edit, read drafts, release; and what the public reads."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from admin.policies.policy_draft import PolicyDraft
from intake.cases.event import Event
from portal.campaign.book import Book, book
from portal.campaign.campaign import Campaign
from portal.campaign.policy import Policy
from portal.campaign.policy_version import PolicyVersion
from portal.foundation.staff import Role
from tests.admin.house import House
from tests.pages.checks import check_html
from tests.running import hidden_fields

LIST = "/staff/publishing/policies"
WHY = {"note": "按新的公告改。", "holds_from": "2022-06-06"}


@dataclass
class Desk:
    """The publishing desk's side of a house. gong drafts, shi reads."""

    house: House

    def of_any_campaign(self) -> Desk:
        """Give two people accounts at the office of whatever campaign this is."""
        office = self.book.campaign.office_code
        for name in ("gong", "shi"):
            self.house.deployment.add_staff(name, (office, Role.PUBLISHER), display=f"{name}同志")
        return self

    @property
    def book(self) -> Book:
        """The campaign."""
        with self.house.deployment.database.reading() as session:
            return book(session)

    def get(self, path: str = "", name: str = "gong", status: int = 200) -> str:
        """A page of the room."""
        return self.house.get(name, LIST + path, status)

    def post(self, path: str, by: str = "gong", /, **typed: Any) -> TestResponse:
        """Send a form of the room."""
        return self.house.post(by, LIST + path, **typed)

    def export(self, kind: str) -> bytes:
        """The list as a file."""
        answer = self.house.browser("gong").get(f"{LIST}/table.{kind}")
        assert answer.status_code == 200
        return answer.data

    def upload(self, content: bytes, query: str = "", name: str = "gong") -> TestResponse:
        """Send a spreadsheet to be looked at."""
        token = hidden_fields(self.get(f"/import{query}", name))["csrf_token"]
        answer = self.house.browser(name).post(
            f"{LIST}/import{query}",
            data={"csrf_token": token, "file": (io.BytesIO(content), "a.csv")},
            content_type="multipart/form-data",
        )
        found = check_html(answer.text, thorough=False)
        assert not found, found
        return answer

    def keep(self, shown: TestResponse, query: str = "", **why: str) -> TestResponse:
        """Draft what the page of a spreadsheet shows."""
        sent = {**main_form(shown.text), **WHY, **why}
        return self.post(f"/import/save{query}", **sent)

    def edit(self, code: str, query: str = "", /, **typed: str) -> TestResponse:
        """Change one policy by the form, everything else as the form has it."""
        path = f"/{code}/edit{query}" if code != "new" else "/new"
        return self.post(path, "gong", **{**typed_form(self.get(path)), **WHY, **typed})

    def drafted(self, code: str = "MZ11", query: str = "", /, **typed: str) -> str:
        """The key of a draft that changes one policy by the form."""
        return key_of(self.edit(code, query, **typed))

    def release(self, key: str, by: str = "shi", **sent: str) -> TestResponse:
        """Release a draft as its page offers it to the second reader."""
        form = self.release_form(key, "shi")
        return self.post(f"/drafts/{key}/release", by, **{**form, **sent})

    def release_form(self, key: str, name: str) -> dict[str, str]:
        """The hidden fields beside the button that releases."""
        page = self.get(f"/drafts/{key}", name)
        found = re.search(r'<form[^>]*/release">(.*?)</form>', page, re.DOTALL)
        fields = hidden_fields(found[1]) if found else {"version": str(self.draft(key).version)}
        fields.pop("csrf_token", None)
        return fields

    def released(self, code: str = "MZ11", query: str = "", /, **typed: str) -> None:
        """Change one policy, released by another person."""
        answer = self.release(self.drafted(code, query, **typed))
        assert answer.status_code == 303, answer.text

    def draft(self, key: str) -> PolicyDraft:
        """The draft as it is stored."""
        with self.house.deployment.database.reading() as session:
            return session.scalars(select(PolicyDraft).where(PolicyDraft.key == key)).one()

    def policy(self, code: str = "MZ11") -> Policy:
        """The policy as it is stored."""
        with self.house.deployment.database.reading() as session:
            return session.get_one(Policy, code)

    def versions(self, code: str = "MZ11") -> list[PolicyVersion]:
        """The versions of a policy as they are stored."""
        with self.house.deployment.database.reading() as session:
            wanted = select(PolicyVersion).where(PolicyVersion.policy_code == code)
            return list(session.scalars(wanted.order_by(PolicyVersion.number)))

    def events(self, name: str) -> list[dict[str, Any]]:
        """The facts of all events of a name."""
        with self.house.deployment.database.reading() as session:
            wanted = select(Event).where(Event.name == name).order_by(Event.seq)
            return [one.facts for one in session.scalars(wanted)]

    @property
    def revision(self) -> int:
        """The campaign's revision."""
        with self.house.deployment.database.reading() as session:
            return session.get_one(Campaign, 1).revision

    def public(self, address: str) -> str:
        """A page of the public site."""
        answer = self.house.deployment.citizen().get(address)
        assert answer.status_code == 200, address
        return answer.text


def key_of(answer: TestResponse) -> str:
    """The key of the draft to which an answer leads."""
    assert answer.status_code == 303, answer.text
    found = re.search(r"/drafts/([0-9a-f]+)\?done=drafted", answer.location)
    assert found, answer.location
    return found[1]


def main_form(page: str) -> dict[str, str]:
    """The hidden fields of the page's own form."""
    fields = hidden_fields(page.split("<main", 1)[1])
    fields.pop("csrf_token", None)
    return {name: html.unescape(value) for name, value in fields.items()}


def typed_form(page: str) -> dict[str, str]:
    """Everything that a form has in it when it is opened."""
    main = page.split("<main", 1)[1]
    fields = main_form(page)
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', main, re.S):
        fields[name] = html.unescape(text).lstrip("\r\n")
    for one in re.findall(r"<input[^>]*>", main):
        if 'type="text"' in one or 'type="date"' in one:
            named = re.search(r'name="(\w+)"', one)
            value = re.search(r'value="([^"]*)"', one)
            if named:
                fields[named[1]] = html.unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return fields
