"""What to say of gaps that a draft still has."""

from __future__ import annotations

from admin.desk.gaps import GapsLeft


def gaps_to_fill(left: GapsLeft) -> str:
    """The sentence that names them."""
    named = "、".join(f"“{gap}”" for gap in left.gaps)
    return f"{named}还没有填：写上实际的内容，连同括号一起换掉；用不着的，把那一句删掉"
