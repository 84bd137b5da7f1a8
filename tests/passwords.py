"""Passwords kept so that they are compared at once.

What Argon2 may cost is written into each hash, so a hash made at the least cost lets a test sign in
as everybody does, without the thirty milliseconds that a guesser should pay.
"""

from argon2 import PasswordHasher

_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def quick_hash(password: str) -> str:
    """The password as it is stored, at the least cost."""
    return _QUICK.hash(password)
