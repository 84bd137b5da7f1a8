"""The few cryptographic operations of the product, each a thin use of libsodium (PyNaCl).

Every blob begins with a version, an algorithm and the id of the key that opens it, so that another
algorithm can come beside these later. The context is authenticated but not stored: a blob that was
moved to another case, compartment or column doesn't open.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import NamedTuple

from nacl import bindings
from nacl._sodium import ffi, lib  # type: ignore[import-not-found]
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

KEY_BYTES = 32
_KEY_ID_BYTES = 8
TO_PUBLIC_KEY = b"\x01\x01"
_TO_SECRET_KEY = b"\x01\x02"
_TO_ONESELF = b"\x01\x03"
_MARK = b"\x01\x04"
_HEAD_BYTES = len(TO_PUBLIC_KEY) + _KEY_ID_BYTES
_NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_SEALED_KEY_BYTES = KEY_BYTES + bindings.crypto_box_SEALBYTES


class DoesNotOpen(Exception):
    """A blob is damaged, was moved, or is sealed to somebody else."""


class KeyPair(NamedTuple):
    """An X25519 key pair, as raw bytes."""

    private: bytes
    public: bytes

    @classmethod
    def fresh(cls) -> KeyPair:
        """A new random pair."""
        return cls.from_seed(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def from_seed(cls, private: bytes) -> KeyPair:
        """The pair of a given private half."""
        return cls(private, bytes(PrivateKey(private).public_key))


def key_id(key: bytes) -> bytes:
    """Eight bytes that name a public key."""
    return hashlib.blake2b(key, digest_size=_KEY_ID_BYTES, person=b"huimin-key-id").digest()


def derive(key: bytes, purpose: str, *parts: bytes, size: int = KEY_BYTES) -> bytes:
    """Keyed BLAKE2b over parts that can't run into one another. `purpose` has at most 16
    characters."""
    digest = hashlib.blake2b(key=key, digest_size=size, person=purpose.encode())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def digest_of(purpose: str, data: bytes, size: int = KEY_BYTES) -> bytes:
    """Unkeyed BLAKE2b, for values that are random-looking already."""
    return hashlib.blake2b(data, digest_size=size, person=purpose.encode()).digest()


def seal(public_key: bytes, data: bytes, context: bytes) -> bytes:
    """Seal to a public key: whoever seals can't open."""
    fresh = secrets.token_bytes(KEY_BYTES)
    sealed_key = SealedBox(PublicKey(public_key)).encrypt(fresh)
    return TO_PUBLIC_KEY + key_id(public_key) + sealed_key + _encrypt(fresh, data, context)


def seal_to_oneself(pair: KeyPair, data: bytes, context: bytes) -> bytes:
    """Seal to a pair whose private half one has: far cheaper to open than what others seal. The
    context goes into the key."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    body = bindings.crypto_secretbox_easy(data, nonce, _own_secret(pair.private, context))
    return _TO_ONESELF + key_id(pair.public) + nonce + body


def is_to_public_key(blob: bytes) -> bool:
    """Whether a blob was sealed with the public half alone, which is dear to open."""
    return blob.startswith(TO_PUBLIC_KEY)


def open_sealed(pair: KeyPair, blob: bytes, context: bytes) -> bytes:
    """Open what was sealed to a pair, by others or by whoever holds it.

    Raises:
        DoesNotOpen: damaged, moved, or sealed to another key.
    """
    if blob[len(TO_PUBLIC_KEY) : _HEAD_BYTES] != key_id(pair.public):
        raise DoesNotOpen
    if not blob.startswith(TO_PUBLIC_KEY):
        return open_own(pair.private, blob, context)
    end = _HEAD_BYTES + _SEALED_KEY_BYTES
    try:
        fresh = bindings.crypto_box_seal_open(blob[_HEAD_BYTES:end], pair.public, pair.private)
    except (CryptoError, ValueError, TypeError) as error:
        raise DoesNotOpen from error
    return _decrypt(fresh, blob[end:], context)


def open_own(private: bytes, blob: bytes, context: bytes) -> bytes:
    """Open what `seal_to_oneself` made.

    Raises:
        DoesNotOpen: damaged, moved, or sealed to another key, or by somebody else.
    """
    if not blob.startswith(_TO_ONESELF):
        raise DoesNotOpen
    end = _HEAD_BYTES + _NONCE_BYTES
    body, secret = blob[end:], _own_secret(private, context)
    size = len(body) - bindings.crypto_secretbox_MACBYTES
    if size < 0:
        raise DoesNotOpen
    # PyNaCl's own wrapper puts an error's text together for every call, which takes longer than
    # opening; the search does nothing else.
    plain = ffi.new("unsigned char[]", size or 1)
    if lib.crypto_secretbox_open_easy(plain, body, len(body), blob[_HEAD_BYTES:end], secret):
        raise DoesNotOpen
    return bytes(ffi.buffer(plain, size))


def lock(secret: bytes, data: bytes, context: bytes) -> bytes:
    """Encrypt under a secret key that the reader has too."""
    return _TO_SECRET_KEY + lock_id(secret) + _encrypt(secret, data, context)


def unlock(secret: bytes, blob: bytes, context: bytes) -> bytes:
    """Open what `lock` made.

    Raises:
        DoesNotOpen: damaged, moved, or locked with another key.
    """
    if not is_under(secret, blob):
        raise DoesNotOpen
    return _decrypt(secret, blob[_HEAD_BYTES:], context)


def is_under(secret: bytes, blob: bytes) -> bool:
    """Whether a blob says that it was locked with this key."""
    return blob[:_HEAD_BYTES] == _TO_SECRET_KEY + lock_id(secret)


def lock_id(secret: bytes) -> bytes:
    """Eight bytes that name a secret key."""
    return key_id(derive(secret, "key-id"))


def head_id(blob: bytes) -> bytes:
    """The id of the key that opens a blob, as it stands at its head."""
    return blob[len(TO_PUBLIC_KEY) : _HEAD_BYTES]


def mark_head(made_by: bytes) -> bytes:
    """What a keyed digest begins with by which something is known again: the id of its key, at the
    place where a blob has it."""
    return _MARK + made_by


def sign(seed: bytes, data: bytes) -> bytes:
    """An Ed25519 signature."""
    return SigningKey(seed).sign(data).signature


def verify_key(seed: bytes) -> bytes:
    """The public half that checks signatures made with `seed`."""
    return bytes(SigningKey(seed).verify_key)


def is_signed(public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the signature is good."""
    try:
        VerifyKey(public).verify(data, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def _own_secret(private: bytes, context: bytes) -> bytes:
    return hashlib.blake2b(context, key=private, digest_size=KEY_BYTES, person=b"oneself").digest()


def _encrypt(key: bytes, data: bytes, context: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(data, context, nonce, key)


def _decrypt(key: bytes, blob: bytes, context: bytes) -> bytes:
    nonce, body = blob[:_NONCE_BYTES], blob[_NONCE_BYTES:]
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(body, context, nonce, key)
    except (CryptoError, ValueError, TypeError) as error:
        raise DoesNotOpen from error
