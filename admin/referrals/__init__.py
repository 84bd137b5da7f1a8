"""Referral (移送): who may look into what a case accuses somebody of, what became of it there, and
what is told of it here."""
