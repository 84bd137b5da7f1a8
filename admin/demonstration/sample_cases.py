"""Sample cases for a demonstration: invented words, marked as samples, about the loaded campaign's
own policies and places. They come in by the same door as every other case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.cases.case import Channel, Identity
from intake.draft import Draft
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.place import Place, PlaceKind
from portal.campaign.policy import Policy

_MARK = "【样例，内容是编的】"


@dataclass(frozen=True)
class Story:
    """What somebody might write. `{policy}`, `{street}` and `{community}` are filled from the
    campaign."""

    kind: Kind
    words: str
    problem: str = ""
    identity: Identity = Identity.ANONYMOUS
    accused: str = ""
    on_behalf_of: str = ""
    knows_policy: bool = True


@dataclass(frozen=True)
class Sample:
    """One sample case: its draft, how many days ago it came, and how many steps it has gone
    since."""

    draft: Draft
    days_ago: int
    steps: int


STORIES = (
    Story(
        Kind.COMPLAINT,
        "我妈妈今年83岁，{policy}三个月没有到账。问了{community}两次，都说再等等。",
        "1.2",
        Identity.PHONE,
    ),
    Story(Kind.CONSULTATION, "我想问{policy}怎么申请，要带哪些材料，多久能办好。"),
    Story(
        Kind.TIP_OFF,
        "{street}办事的人把应该发给我们的{policy}扣下一部分，说是手续费，没有给收据。",
        "3.3",
        accused="{street}",
    ),
    Story(
        Kind.COMPLAINT, "领{policy}要办三张银行卡，每张卡都收了工本费，我腿脚不好跑了四趟。", "2.1"
    ),
    Story(
        Kind.PETITION,
        "请求把去年少发的{policy}补给我。我每个月都按时交了材料。",
        "1.2",
        Identity.REAL_NAME,
    ),
    Story(
        Kind.DISCLOSURE_REQUEST,
        "申请公开{community}去年{policy}的发放户数和总金额。",
        "1.5",
        Identity.REAL_NAME,
    ),
    Story(
        Kind.TIP_OFF,
        "听邻居说，{community}有人已经去世一年，{policy}还在领，卡在别人手里。",
        "1.3",
        Identity.PHONE,
    ),
    Story(
        Kind.COMPLAINT,
        "换了新卡以后{policy}就停了。新卡号十月就报给{community}了。",
        "1.2",
        on_behalf_of="我父亲",
    ),
    Story(
        Kind.CONSULTATION, "搬到{street}以后补贴归哪里管，原来的还能不能领。", knows_policy=False
    ),
    Story(
        Kind.TIP_OFF,
        "有人拿着老人的卡不给本人，{policy}到账就被取走。",
        "3.4",
        Identity.REAL_NAME,
        accused="{community}",
    ),
)
_COUNT = 31
# How far each of a dozen goes, and how long ago it came: some wait, some are late, some are done.
_STEPS = (0, 1, 2, 0, 3, 4, 0, 1, 5, 2, 3, 0)
_DAYS_AGO = (0, 1, 6, 3, 12, 20, 2, 4, 28, 9, 16, 5)


def samples(book: Book) -> Iterator[Sample]:
    """The sample cases of this campaign, always the same ones."""
    policies = [policy for policy in book.policies.values() if policy.in_scope]
    communities = communities_of(book)
    for number in range(_COUNT):
        draft = write(
            book,
            STORIES[number % len(STORIES)],
            about=policies[number * 7 % len(policies)],
            place=communities[number * 11 % len(communities)],
            submission=f"sample-{number}",
            channel=_channel(number),
        )
        at = number % len(_STEPS)
        yield Sample(draft=draft, days_ago=_DAYS_AGO[at], steps=_STEPS[at])


def communities_of(book: Book) -> list[Place]:
    """Where it happens: the communities of the campaign."""
    return [place for place in book.places.values() if place.kind is PlaceKind.COMMUNITY]


def write(
    book: Book, story: Story, *, about: Policy, place: Place, submission: str, channel: Channel
) -> Draft:
    """A story as somebody sends it: about a policy, from a community."""
    names = _names(book, place) | {"policy": about.name}
    return Draft(
        channel=channel,
        kind=story.kind,
        words=_MARK + story.words.format(**names),
        submission=submission,
        policy=about.code if story.knows_policy else "",
        problem=story.problem if story.problem in book.problem_types else "",
        place=place.code,
        accused=story.accused.format(**names),
        on_behalf_of=story.on_behalf_of,
        identity=story.identity,
        contact_name="样例来件人" if story.identity is Identity.REAL_NAME else "",
        contact_phone="" if story.identity is Identity.ANONYMOUS else "13800000000",
    )


def _channel(number: int) -> Channel:
    """Mostly the web, some texts; the last one somebody told on the telephone."""
    if number == _COUNT - 1:
        return Channel.TELEPHONE
    return Channel.TEXT if number % 5 == 4 else Channel.WEB


def _names(book: Book, community: Place) -> dict[str, str]:
    street = book.places[community.parent_code or community.code]
    return {"community": community.name, "street": street.name}
