"""The five kinds of case that both plans name, with their words for officials and for citizens."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What somebody asks of the line. `slug` is the kind's word in addresses."""

    TIP_OFF = "tip_off"
    CONSULTATION = "consultation"
    COMPLAINT = "complaint"
    PETITION = "petition"
    DISCLOSURE_REQUEST = "disclosure_request"

    @property
    def slug(self) -> str:
        """The kind as it stands in an address."""
        return self.value.replace("_", "-")

    @property
    def official(self) -> str:
        """The plan's own word (四(二) of the Jianghan plan)."""
        return _OFFICIAL[self]

    @property
    def plain(self) -> str:
        """The word on the citizen's page."""
        return _PLAIN[self][0]

    @property
    def example(self) -> str:
        """What belongs to this kind, in everyday words."""
        return _PLAIN[self][1]

    @property
    def needs_name(self) -> bool:
        """Whether the law asks for a name and a way to reach the writer (信访工作条例 19,
        信息公开条例 29)."""
        return self in {Kind.PETITION, Kind.DISCLOSURE_REQUEST}

    @classmethod
    def from_slug(cls, slug: str) -> Kind | None:
        """The kind of an address, or None where no kind is called so."""
        return next((kind for kind in cls if kind.slug == slug), None)


_OFFICIAL = {
    Kind.TIP_OFF: "举报",
    Kind.CONSULTATION: "咨询",
    Kind.COMPLAINT: "投诉",
    Kind.PETITION: "信访",
    Kind.DISCLOSURE_REQUEST: "信息公开申请",
}
_PLAIN = {
    Kind.CONSULTATION: ("问一问", "我能不能领，怎么领"),
    Kind.COMPLAINT: ("钱或办事有问题", "没发、少发、乱收费、态度差"),
    Kind.TIP_OFF: ("有人违规", "贪占、冒领、要好处、扣卡"),
    Kind.PETITION: ("正式提出请求", "写真名，单位书面答复"),
    Kind.DISCLOSURE_REQUEST: ("要一份文件或数据", "写真名，书面答复"),
}
