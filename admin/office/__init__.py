"""The leading-group office: triage, the ledger, striking off."""
