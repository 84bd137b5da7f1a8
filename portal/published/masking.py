"""Names as a list of recipients may show them (分配结果公示): 王小明 becomes 王*明. Pure.

Whoever looks for himself has his own name masked by the same function.
"""

from __future__ import annotations

import re
import unicodedata

STAR = "*"
# What others put in the place of a letter they hide.
_HIDDEN = frozenset("*某×✱❋●○□■")
# What stands between the parts of a name and says nothing: 阿依古丽·买买提, John Smith.
_BETWEEN = frozenset("·•‧・･.-–'’\u2010")
_COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳上官司马司徒诸葛夏侯皇甫尉迟公孙慕容长孙宇文令狐东方端木南宫独孤轩辕钟离闻人东郭百里"
        "呼延澹台公冶宗政濮阳淳于单于太叔申屠仲孙赫连拓跋万俟",
    )
)


def mask(name: str) -> str:
    """A name with one star for all that is hidden: the first and the last letter stay where there
    are three or more, of two the first, of one none.

    One star hides how long the name is. What is masked already stays as it is.
    """
    letters = _letters(name)
    if len(letters) < 2 or letters[0] == STAR:
        return STAR
    last = letters[-1] if len(letters) > 2 else STAR
    return letters[0] + STAR + ("" if last == STAR else last)


def is_plain_name(name: str) -> bool:
    """Whether a text is a name and nothing else: letters and what stands between them, a star for
    one that was hidden. A note behind a name (代领, 8岁) would be lost unseen in the mask."""
    letters = _letters(name)
    return letters[:1] not in {"", STAR} and all(
        one == STAR or unicodedata.category(one).startswith("L") for one in letters
    )


def is_whole_name(typed: str) -> bool:
    """Whether somebody typed a whole name, and not a surname alone or a masked one: by those a
    whole list could be gone through."""
    letters = _letters(typed)
    return (
        is_plain_name(typed)
        and len(letters) >= 2
        and STAR not in letters
        and letters not in _COMPOUND_SURNAMES
    )


def _letters(name: str) -> str:
    """What of a name counts: width, case, blanks and dots between its parts don't."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).upper())
    kept = (STAR if one in _HIDDEN else one for one in plain if not _is_silent(one))
    letters = "".join(kept)
    while STAR * 2 in letters:
        letters = letters.replace(STAR * 2, STAR)
    return letters


def _is_silent(letter: str) -> bool:
    # Marks that change the letter before them would make of one letter two.
    silent = unicodedata.category(letter) in {"Cf", "Cc", "Mn", "Me", "Mc"}
    return silent or letter.isspace() or letter in _BETWEEN
