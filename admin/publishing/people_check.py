"""What in a text points to a person: his numbers, or what reads like his name. Pure.

Nobody's name is known here, so it goes by how names are written. It finds too much rather than too
little: whoever writes says it in other words.
"""

from __future__ import annotations

from admin.publishing.leak_check import Inside, Leak, find
from admin.publishing.name_shapes import names_in_shape

# What a sentence may hold of nobody.
PERSONAL = frozenset(Leak) - {Leak.INSIDE_WORDS, Leak.INSIDE_NAME, Leak.FILE}
# A number of a document looks like a telephone or a house, and is neither.
IN_A_NUMBER = frozenset({Leak.CITIZEN_NUMBER, Leak.MOBILE, Leak.CARD, Leak.LONG_NUMBER})


class PointsToPerson(Exception):
    """A text points to a person, by a number or by what reads like a name. `field` is the text's
    name, `passages` are the stretches that do."""

    def __init__(self, field: str, passages: list[str]) -> None:
        super().__init__(f"{field}: {len(passages)} passages")
        self.field = field
        self.passages = passages

    @property
    def said(self) -> str:
        """What the writer reads."""
        shown = "”“".join(self.passages)
        return f"像是人名、电话、证件号、卡号或者住址：“{shown}”。请换一种写法，不写到人"


def people_in(text: str, sorts: frozenset[Leak] = PERSONAL) -> list[str]:
    """The stretches of a text that point to a person, each once, in the order of the text."""
    found = [(one.start, one.end) for one in find(text, Inside()) if one.leak in sorts]
    found += names_in_shape(text)
    return list(dict.fromkeys(text[start:end] for start, end in sorted(found)))


def refuse_people(field: str, text: str, sorts: frozenset[Leak] = PERSONAL) -> None:
    """Refuse a text that points to a person.

    Raises:
        PointsToPerson: it does.
    """
    if passages := people_in(text, sorts):
        raise PointsToPerson(field, passages)
