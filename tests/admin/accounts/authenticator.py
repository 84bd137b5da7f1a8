"""A device with passkeys, in software: what a browser would send for it."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

_PRESENT, _VERIFIED, _WITH_KEY = 0x01, 0x04, 0x40


def b64(some: bytes) -> str:
    """As browsers write bytes."""
    return base64.urlsafe_b64encode(some).rstrip(b"=").decode()


@dataclass
class Authenticator:
    """One passkey. `verifies`: it asked for PIN or finger."""

    origin: str = "http://localhost"
    host: str = "localhost"
    verifies: bool = True
    count: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, asked: str) -> str:
        """Answer what a page asks for to make a passkey."""
        client = self._client("webauthn.create", json.loads(asked)["challenge"])
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        id_part = len(self.credential_id).to_bytes(2) + self.credential_id
        data = self._data(_WITH_KEY) + bytes(16) + id_part + cbor2.dumps(public)
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._written({"clientDataJSON": b64(client), "attestationObject": b64(attested)})

    def sign(self, asked: str, *, count: int | None = None) -> str:
        """Answer what a page asks for to sign."""
        self.count = self.count + 1 if count is None else count
        client = self._client("webauthn.get", json.loads(asked)["challenge"])
        data = self._data(0)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signed}
        return self._written({name: b64(value) for name, value in parts.items()})

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _written(self, response: dict[str, Any]) -> str:
        found = {"id": b64(self.credential_id), "rawId": b64(self.credential_id)}
        return json.dumps(
            {**found, "type": "public-key", "response": response, "clientExtensionResults": {}}
        )
