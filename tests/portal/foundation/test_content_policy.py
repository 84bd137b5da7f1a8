"""What a browser may load and run, on every kind of answer of both sites: judged by Google's CSP
Evaluator, and by rules of ours that ask for more: for a base that can't be moved, and for nothing
that makes a policy say something else than its writer meant."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from portal.foundation.staff import Role
from tests.deployments import Deployment, token_on
from tests.pages.csp_evaluator import evaluated
from tests.portal.pages.published import a_file, publish_notice
from tests.services import node
from tests.services.required import required

DIRECTIVES = {
    "base-uri", "child-src", "connect-src", "default-src", "font-src", "form-action",
    "frame-ancestors", "frame-src", "img-src", "manifest-src", "media-src", "object-src",
    "report-to", "sandbox", "script-src", "script-src-attr", "script-src-elem", "style-src",
    "style-src-attr", "style-src-elem", "upgrade-insecure-requests", "worker-src",
}  # fmt: skip
KEYWORDS = {"'none'", "'self'"}
# Each of these lets somebody run what he likes.
OPEN = {
    "*", "'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "http:", "https:", "data:", "blob:",
    "filesystem:", "http://*", "https://*",
}  # fmt: skip
# Without their own rule these follow default-src; base-uri follows nothing.
RUNNING = ("script-src", "object-src", "worker-src", "frame-src")


def faults(policy: str) -> list[str]:
    """What is severely wrong with a policy, a sentence a finding."""
    parts = [part.split() for part in policy.split(";")]
    found = [] if all(parts) else ["A directive is empty."]
    names = [part[0] for part in parts if part]
    found += [f"{name} stands twice." for name in set(names) if names.count(name) > 1]
    rules = {part[0]: part[1:] for part in parts if part}
    for name, values in rules.items():
        if name not in DIRECTIVES:
            found.append(f"{name} is no directive.")
        found += [f"A semicolon is missing before {one}." for one in values if one in DIRECTIVES]
        found += [
            f"{one} isn't quoted as a keyword is." for one in values if f"'{one}'" in KEYWORDS
        ]
        if "'none'" in values and len(values) > 1:
            found.append(f"{name} says 'none' and something else.")
    for name in RUNNING:
        allowed = rules.get(name, rules.get("default-src"))
        if allowed is None:
            found.append(f"Nothing is said of {name}.")
        else:
            found += [f"{name} lets {one} in." for one in allowed if one in OPEN]
    if rules.get("object-src", rules.get("default-src")) != ["'none'"]:
        found.append("Plug-ins are let in.")
    # What is sandboxed runs nothing and sends nothing, wherever its base lies.
    if rules.get("sandbox") != [] and not set(rules.get("base-uri", ["*"])) <= KEYWORDS:
        found.append("A page may move its own base.")
    return found


SOUND = "default-src 'none'; style-src 'self'; base-uri 'none'"


@pytest.mark.parametrize(
    "policy",
    [
        "",
        "default-src 'none'",
        f"{SOUND}; script-src 'self' 'unsafe-inline'",
        f"{SOUND}; script-src https:",
        f"{SOUND}; script-src *",
        f"{SOUND}; object-src 'self'",
        f"{SOUND}; scripts-src 'self'",
        "default-src 'none' style-src 'self'; base-uri 'none'",
        "default-src none; base-uri 'none'",
        "default-src 'none'; base-uri https://elsewhere.example",
        "default-src 'self'; base-uri 'none'",
        f"{SOUND}; style-src 'unsafe-inline'",
        "sandbox allow-scripts; default-src 'none'",
    ],
)
def test_a_weak_policy_is_seen(policy: str) -> None:
    assert faults(SOUND) == []
    assert faults(policy) != []


@pytest.mark.parametrize("policy", ["", f"{SOUND}; script-src 'self' 'unsafe-inline'"])
def test_csp_evaluator_sees_a_weak_policy(policy: str) -> None:
    required(node.missing())
    found = evaluated([SOUND, policy])
    assert found[SOUND] == []
    assert any(finding.startswith("HIGH, script-src:") for finding in found[policy])


def test_every_kind_of_answer_of_the_public_site(each_campaign: Deployment) -> None:
    client = each_campaign.citizen()
    saved = a_file_to_save(each_campaign)
    kinds = {
        "/": 200,
        "/policies": 200,
        "/report/tip-off": 200,
        "/progress": 200,
        "/feed.xml": 200,
        "/sitemap.xml": 200,
        "/robots.txt": 200,
        "/data/policies.csv": 200,
        "/data/policies.xlsx": 200,
        "/data/policies.json": 200,
        saved: 200,
        "/static/site.css": 200,
        "/healthz": 200,
        "/nowhere": 404,
        "/staff": 302,
    }
    answers = {path: client.get(path) for path in kinds}
    assert {path: answer.status_code for path, answer in answers.items()} == kinds
    # What another of these pages is asked for in vain, and what is refused.
    etag = answers["/"].headers["ETag"]
    answers["kept"] = client.get("/", headers={"If-None-Match": etag})
    answers["method"] = client.post("/policies")
    answers["refused"] = client.post("/report/complaint", data={"words": ""})
    answers["code"] = client.post("/progress", data={"query_code": "no"})
    answers["text"] = client.post("/sms/twilio", data={"Body": "x"})
    answers["slash"] = client.get("/policies/")
    judged(answers)


def test_every_kind_of_answer_of_the_staff_site(deployment: Deployment) -> None:
    stranger = deployment.staff.test_client()
    answers = {path: stranger.get(path) for path in ("/staff/sign-in", "/staff/", "/staff/none")}
    answers["wrong"] = stranger.post(
        "/staff/sign-in", data={"name": "x", **token_on(stranger, "/staff/sign-in")}
    )
    answers["no token"] = stranger.post("/staff/sign-in", data={"name": "x"})
    a_file_to_save(deployment)
    deployment.add_staff("everything", *(("BGS", role) for role in Role))
    officer = deployment.officer("everything")
    paths = (
        "/staff/",
        "/staff/cases",
        "/staff/office",
        "/staff/figures",
        "/staff/publishing/export.zip",
        "/staff/none",
        "/healthz",
    )
    answers |= {f"{path} signed in": officer.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} >= {200, 303, 400, 404}
    judged(answers)


def a_file_to_save(deployment: Deployment) -> str:
    """Put out a notice with a file; returns the file's address."""
    with deployment.database.writing() as session:
        publish_notice(session, "with-file", files=[a_file("申请表")])
    [address] = re.findall(
        r'href="(/notices/with-file/files/[^"]+)"',
        deployment.citizen().get("/notices/with-file").text,
    )
    return address


def judged(answers: dict[str, TestResponse]) -> None:
    """Every one of them carries a policy, and a sound one."""
    seen = set()
    for where, answer in answers.items():
        policies = answer.headers.getlist("Content-Security-Policy")
        answer.close()
        assert len(policies) == 1, where
        assert faults(policies[0]) == [], where
        seen |= set(policies)
    # Pages have one policy, and what is saved has another.
    assert len(seen) == 2
    required(node.missing())
    assert evaluated(seen) == {policy: [] for policy in seen}
