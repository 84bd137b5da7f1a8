"""Hands content security policies to Google's CSP Evaluator, in a Node process of its own."""

import json
import subprocess
from collections.abc import Collection

from tests.services import node


def evaluated(policies: Collection[str]) -> dict[str, list[str]]:
    """Return what CSP Evaluator says about each policy, a sentence a finding with its severity
    first; raises LookupError when Node or the evaluator isn't installed."""
    lacking, program = node.missing(), node.node()
    if lacking or program is None:
        raise LookupError(lacking)
    judged = subprocess.run(
        [program, node.HOME / "policies.mjs"],
        input=json.dumps(list(policies)),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    return dict(zip(policies, json.loads(judged.stdout), strict=True))
