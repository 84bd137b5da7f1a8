"""What is published, for the government's own portal and the press: the export, and the record of
where and when it stands there (plan 五(二)1, 六(二))."""
