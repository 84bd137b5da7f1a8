"""Sending the texts that wait: the worker hands them to a provider, and what was lost is looked at
by the system's administrator, who sees no number and no case."""
