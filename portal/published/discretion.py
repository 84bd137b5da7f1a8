"""Of whom no names may be listed: those whose very policy tells an illness, a disability or a loss,
and children (个人信息保护法 28, 31). Of them only sums are published."""

from __future__ import annotations

import re

from portal.campaign.policy import Policy
from portal.published.distribution import Distribution

# A sum for fewer people would tell what one of them got.
FEWEST_SHOWN = 5
# Of a family's only child its parents are meant.
CHILDREN = re.compile(
    r"儿童|孤儿|未成年|婴|幼儿|幼童|少年|学生|小学|中学|初中|高中|学前|幼教|孩子|男孩|女孩|宝宝|留守"
)


def tells_children(words: str) -> bool:
    """Whether words say that children are meant."""
    return bool(CHILDREN.search(words))


def shows_sums_only(policy: Policy) -> bool:
    """Whether of a policy no names may be listed, whatever somebody marked or answered."""
    return policy.discreet or tells_children(policy.name)


def is_hidden(people: int | None) -> bool:
    """Whether a sum for so many people stays hidden; where it is stored hidden, there is no
    number."""
    return people is None or people < FEWEST_SHOWN


def shows_rows(one: Distribution, policy: Policy) -> bool:
    """Whether the rows of a list may be read, by the campaign's data as they are now, whatever they
    said when it was released."""
    return not (one.sums_only or shows_sums_only(policy))


def shows_sums(one: Distribution, policy: Policy) -> bool:
    """Whether the sums of a list may be read. With names beside them they tell nothing more."""
    return one.people is not None and (shows_rows(one, policy) or not is_hidden(one.people))
