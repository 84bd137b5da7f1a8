"""Shirking made visible (推诿扯皮、不担当不作为, plan 五(二)3): what was sent on, overdue and done
over, by unit, with the list behind each number; written reminders and summons to talk."""
