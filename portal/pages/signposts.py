"""What points elsewhere: to the staff site, and for search engines to what they may read."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect
from flask.typing import ResponseReturnValue

from portal.foundation.links import Links
from portal.pages.blueprint import blueprint

to_the_staff_site = Blueprint("signposts", __name__)

# What a person writes or looks up about his own case is nothing for a search engine; nor is a list
# of people, which has to be gone when its time is over.
_ROBOTS = """\
User-agent: *
Disallow: /report
Disallow: /progress
Disallow: /mistakes
Disallow: /personal-information/request
Disallow: /questionnaire
Disallow: /search
Disallow: /distributions
Disallow: /staff
Sitemap: {site}/sitemap.xml
"""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What search engines may read."""
    site = current_app.extensions["settings"].public_url
    return Response(_ROBOTS.format(site=site), mimetype="text/plain")


@to_the_staff_site.get("/staff/", defaults={"rest": ""}, strict_slashes=False)
@to_the_staff_site.get("/staff/<path:rest>")
def staff(rest: str) -> ResponseReturnValue:
    """The staff site is a site of its own; whoever types its path here is sent on."""
    links: Links = current_app.extensions["links"]
    return redirect(links.staff() + rest)
