"""Follow-ups (回访) of closed cases, by people who had no hand in them: return visits, household
visits, and what comes of them."""
