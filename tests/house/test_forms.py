"""The page on what the forms take leaves nothing out: every form, every field that somebody fills
in, every check of a form's own in words."""

from __future__ import annotations

import pytest

from admin.system.form_rules import FormRules, all_forms
from tests.deployments import Deployment


@pytest.fixture
def forms(deployment: Deployment) -> dict[str, FormRules]:
    deployment.everything.test_client()
    return {f"{one.file}:{one.name}": one for one in all_forms()}


def rules(form: FormRules) -> dict[str, tuple[str, ...]]:
    return {field.name: field.rules for field in form.fields}


def test_a_form_tells_what_its_fields_take(forms: dict[str, FormRules]) -> None:
    report = rules(forms["intake/pages/forms.py:ReportForm"])
    assert "at most 500 characters: ““涉及谁”最多500字，多的写到第4部分”" in report["accused"]
    assert (
        "A number where the law or the writer's own choice asks for one." in report["contact_phone"]
    )
    entry = rules(forms["admin/assessments/pages/forms.py:EntryForm"])
    assert entry["tries"] == ("may be empty", "1 to 20: “次数写1到20的整数”")


def test_every_form_and_every_rule_has_its_words(forms: dict[str, FormRules]) -> None:
    assert len(forms) > 150
    wrong = [
        name
        for name, form in forms.items()
        if not form.what or any(not all(field.rules) for field in form.fields)
    ]
    assert wrong == []
    # Who never says what he refuses leaves the reader of the page in the dark.
    assert not [name for name in forms if "<locals>" in name or "test" in name]
