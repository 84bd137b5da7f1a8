"""Texts that we send by ourselves: where they may go, what they say, and the queue in which they
wait for the worker."""
