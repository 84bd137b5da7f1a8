"""Addresses across the parts. A process that doesn't serve a part can still name its pages."""

from __future__ import annotations

from portal.foundation.campaign_links import CampaignLinks
from portal.foundation.public_links import PublicLinks
from portal.foundation.staff_links import StaffLinks


class Links(PublicLinks, StaffLinks, CampaignLinks):
    """Every address that a page or a text names. `staff_url` begins those of the staff site."""

    def __init__(self, *, public_url: str, staff_url: str, on_staff_site: bool) -> None:
        # The staff site is a site of its own: from there, public pages need their full address.
        self._public = public_url if on_staff_site else ""
        self._public_url = public_url
        self._staff = "" if on_staff_site else staff_url
