"""Retention (保存期限): what people wrote is destroyed when its time is over, and
the figures stay."""
