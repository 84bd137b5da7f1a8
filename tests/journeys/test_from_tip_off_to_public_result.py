"""The whole line, from a citizen's first sentence to what stands on the public site, as people walk
it: in a browser without JavaScript and by text message, in both campaigns and in an invented one.

Begin reading here. Who the people are is in `people.py` and `officer.py`; where they meet, in
`town.py`; what every page on their way has to pass, in `inspector.py`.
"""

from __future__ import annotations

import os

from tests.deployments import ROOT

# With SCREENSHOTS=1 the first campaign's run also renews the pictures that README.md shows.
PICTURES = ROOT / "docs" / "screenshots" if os.environ.get("SCREENSHOTS") else None
FINDING = "核对发放表，有三户的钱没有全部到本人手里。"
REPLY = "我们逐户核对过了，少发的都已经补到本人手里。"
PLANTED = "13900999001"
