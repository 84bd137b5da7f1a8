"""The three sheets that are printed, and their paper."""

from __future__ import annotations

from enum import StrEnum


class Sheet(StrEnum):
    """A sheet; its value is its word in addresses."""

    POSTER = "poster"
    LEAFLET = "leaflet"
    COUNTER_CARD = "counter-card"

    @property
    def plain(self) -> str:
        """What people call it."""
        return _ABOUT[self][0]

    @property
    def paper(self) -> str:
        """The paper to put into the printer."""
        return _ABOUT[self][1]

    @property
    def use(self) -> str:
        """What it is for."""
        return _ABOUT[self][2]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a page in millimetres. `publicity.css` names the same for printing
        from a browser."""
        return _ABOUT[self][3]

    @classmethod
    def from_slug(cls, slug: str) -> Sheet | None:
        """The sheet of an address, or None where none is called so."""
        return next((sheet for sheet in cls if sheet.value == slug), None)


_ABOUT = {
    Sheet.POSTER: ("海报", "A4纸", "贴在公示栏、电梯口、服务大厅。", (210, 297)),
    Sheet.LEAFLET: ("传单", "A5纸，正反两面", "上门时发，带回家慢慢看。", (148, 210)),
    Sheet.COUNTER_CARD: ("桌牌", "A5纸，横着", "插在架子上，立在柜台。", (210, 148)),
}
