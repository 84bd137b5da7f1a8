"""Supervision rounds (督导, plan 五(二)2): the office visits units, says what has to be done by
when, and follows it until it is done."""
