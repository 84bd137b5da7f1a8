"""What a test does when its machine lacks a program: skip and say why, or fail where CI=true."""

import os

import pytest

from tests.services import chromium, fuse, nginx, node


def required(lacking: str | None) -> None:
    """Skip the test that asks, saying what is lacking; on a build machine fail it instead."""
    if lacking is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(lacking, pytrace=False)
    pytest.skip(lacking)


def browser_lacks() -> str | None:
    """Return a sentence on what keeps pages from being opened and judged, or None."""
    packages = chromium.missing_packages()
    if packages:
        return f"The browser tests can't run. Missing: {' '.join(packages)}"
    return node.missing()


def may_cut_power() -> None:
    """Skip the test that asks where no disk of our own can be mounted, on a build machine too: no
    package would change that. Where only the library is missing, as `required`."""
    hindrance = fuse.impossible()
    if hindrance:
        pytest.skip(hindrance)
    required(fuse.missing())


def nginx_lacks() -> str | None:
    """Return a sentence on what keeps the shipped nginx from being started, or None."""
    if nginx.find():
        return None
    return f"nginx can't be tested here: sudo apt-get install {nginx.PACKAGE}"
