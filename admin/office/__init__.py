"""The leading-group office: the campaign at a glance, what waits, the alarm without content."""
