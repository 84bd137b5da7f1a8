"""One release of a result in full (动态调整, plan 五(二)1), with the way to the one before it and
the one after it."""

from __future__ import annotations

from flask import abort
from sqlalchemy.orm import joinedload

from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, filled
from portal.pages.results import TONES
from portal.pages.shown_results import place_name
from portal.pages.typed_words import sound
from portal.published.result import Result


@blueprint.get("/results/<number>/releases/<int(max=9999):revision>")
@published_page
def result_release(number: str, revision: int) -> str:
    """What a release said then. Of a result or a release that was withdrawn there is none: the
    result's own page says when and why."""
    with reading() as session:
        found = book(session)
        with_all = [joinedload(Result.revisions)]
        one = session.get(Result, sound(number), options=with_all) or abort(404)
    said = {each.revision: each for each in one.revisions if each.summary}
    release = said.get(revision) or abort(404)
    return filled(
        "result_release",
        found,
        result=one,
        release=release,
        released_on=clock.day_of(release.released_at),
        problem=found.problem_types.get(release.problem_code or ""),
        unit=found.units.get(release.unit_code or ""),
        place=place_name(found, release.place_code),
        policy=found.policies.get(release.policy_code or ""),
        tone=TONES.get(release.state, "plain"),
        earlier=max((at for at in said if at < revision), default=0),
        later=min((at for at in said if at > revision), default=0),
    )
