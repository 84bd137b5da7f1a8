"""The texts that are read out or sent round. Each is a template that the office proof-reads."""

from __future__ import annotations

from enum import StrEnum


class SpokenText(StrEnum):
    """A text; its value is its word in addresses and the name of its template."""

    RADIO = "radio"
    WECHAT = "wechat"
    LOUDSPEAKER = "loudspeaker"

    @property
    def plain(self) -> str:
        """What people call it."""
        return _ABOUT[self][0]

    @property
    def use(self) -> str:
        """How it is used."""
        return _ABOUT[self][1]

    @classmethod
    def from_slug(cls, slug: str) -> SpokenText | None:
        """The text of an address, or None where none is called so."""
        return next((text for text in cls if text.value == slug), None)


_ABOUT = {
    SpokenText.RADIO: ("广播稿", "念一遍大约30秒。"),
    SpokenText.WECHAT: ("微信稿", "发公众号，或者发到居民群。第一行是标题。"),
    SpokenText.LOUDSPEAKER: ("大喇叭稿", "句子很短，念一句停一停。"),
}
