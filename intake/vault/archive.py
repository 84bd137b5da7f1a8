"""A locked archive for somebody outside: AES-256 in the zip format, so that whatever opens archives
on an office's computer (7-Zip, WinRAR) opens it with the passphrase, and nothing else does."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from io import BytesIO

from intake.vault.query_codes import ALPHABET

# A hundred bits: the format's own stretching of passphrases is weak, so that this one needs none.
_SYMBOLS, _GROUP = 20, 4


def fresh_passphrase() -> str:
    """A passphrase of twenty symbols without look-alikes, in fours."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(_SYMBOLS))
    return "-".join(symbols[at : at + _GROUP] for at in range(0, _SYMBOLS, _GROUP))


def locked_archive(files: Mapping[str, bytes], passphrase: str) -> bytes:
    """An archive of files by their names. Names and sizes can be read without the passphrase, what
    is in the files can't."""
    # A site that nobody asks for an archive needn't read the library when it starts.
    from pyzipper import WZ_AES, ZIP_DEFLATED, AESZipFile

    stream = BytesIO()
    with AESZipFile(stream, "w", compression=ZIP_DEFLATED, encryption=WZ_AES) as archive:
        archive.setpassword(passphrase.encode())
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()
