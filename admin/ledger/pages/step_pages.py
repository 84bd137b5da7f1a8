"""The page of each step of the ledger's table that is taken on a page of its own, by name."""

from __future__ import annotations

from admin.ledger.pages.office_steps import OFFICE_STEPS
from admin.ledger.pages.step_page import StepPage
from admin.ledger.pages.unit_steps import UNIT_STEPS

STEP_PAGES: dict[str, StepPage] = {page.name: page for page in (*UNIT_STEPS, *OFFICE_STEPS)}
