"""Publicity (plan 五(二)1, 六(二)): what is printed, read out and handed round, per street."""
