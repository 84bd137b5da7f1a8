"""What a browser is asked for, and whether what it answers proves a passkey. The only place that
meets the library, which is loaded with the first passkey: it takes long, and few processes need it.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_NAME = "惠民热线"
_LOCAL = "localhost"


class NotProven(Exception):
    """The answer is no proof: another challenge, site or key, no PIN or finger, or a copied key."""


@dataclass(frozen=True)
class Site:
    """For whom passkeys are made: a host's name, and the address that browsers show."""

    host: str
    origin: str


@dataclass(frozen=True)
class Made:
    """A passkey that was just made."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def site_of(staff_url: str) -> Site | None:
    """The site of an address; None where browsers make no passkeys: without TLS or a name."""
    parts = urlsplit(staff_url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        secure = parts.scheme == "https" or host == _LOCAL
        return Site(host, f"{parts.scheme}://{parts.netloc}") if secure and host else None
    return None


def asked_to_make(
    site: Site, challenge: bytes, *, staff_id: int, name: str, known: Sequence[bytes]
) -> str:
    """What a browser is asked for to make a passkey, as JSON. It lies in the device, and the device
    asks for PIN, finger or face; who made the device isn't asked."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    return options_to_json(
        generate_registration_options(
            rp_id=site.host,
            rp_name=_NAME,
            user_id=f"huimin-staff-{staff_id}".encode(),
            user_name=name,
            challenge=challenge,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        )
    )


def asked_to_sign(site: Site, challenge: bytes) -> str:
    """What a browser is asked for to sign, as JSON. It names no passkey: whose it will be the page
    doesn't tell."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    return options_to_json(
        generate_authentication_options(
            rp_id=site.host,
            challenge=challenge,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def made(site: Site, challenge: bytes, answer: str) -> Made:
    """The passkey that an answer made. Raises NotProven."""
    from webauthn import verify_registration_response

    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except Exception as why:  # Whatever goes wrong in what somebody sent, it's no proof.
        raise NotProven from why
    return Made(found.credential_id, found.credential_public_key, found.sign_count)


def named(answer: str) -> bytes:
    """Which passkey an answer says it is of. Raises NotProven."""
    from webauthn import base64url_to_bytes

    try:
        found: Any = json.loads(answer)
        return base64url_to_bytes(found["rawId"])
    except Exception as why:  # As above.
        raise NotProven from why


def count_signed(
    site: Site, challenge: bytes, answer: str, *, public_key: bytes, sign_count: int
) -> int:
    """How often the passkey says it was used, once its signature was found good.

    Raises:
        NotProven: see there.
    """
    from webauthn import verify_authentication_response

    try:
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except Exception as why:  # As above.
        raise NotProven from why
    return found.new_sign_count
