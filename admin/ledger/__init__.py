"""The ledger (问题清单、台账): open a problem, rectify it, strike it off (plan 五(二)1)."""
