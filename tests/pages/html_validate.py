"""Hands pages to html-validate, which runs in one Node process for the whole test run."""

import atexit
import json
import subprocess
from functools import cache

from tests.services import node


class HtmlValidate:
    """The running judge: a page in, its findings out."""

    def __init__(self) -> None:
        """Start Node; raises LookupError when it or html-validate isn't installed."""
        lacking = node.missing()
        program = node.node()
        if lacking or program is None:
            raise LookupError(lacking)
        self._process = subprocess.Popen(
            [program, node.HOME / "validate.mjs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        atexit.register(self.stop)

    def findings(self, html: str) -> list[str]:
        """Return what html-validate says about one page, a sentence a finding."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(html)}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("html-validate ended; its message stands above")
        return list(json.loads(answer))

    def stop(self) -> None:
        """End Node; a second call does nothing."""
        atexit.unregister(self.stop)
        # Leaving the block closes both pipes, and Node ends with its input.
        with self._process:
            pass


@cache
def judge() -> HtmlValidate:
    """Return the one running judge."""
    return HtmlValidate()
