"""The QR code of a sheet: an address of the public site, and nothing besides."""

from __future__ import annotations


def qr_picture(address: str) -> str:
    """An SVG with the code of an address, dark on white, with the quiet margin that a scanner
    needs. It has a size of its own only where it is drawn."""
    # A worker that is never asked for a sheet needn't hold the library.
    import segno

    code = segno.make(address, micro=False, error="m")
    return code.svg_inline(
        dark="#000",
        light="#fff",
        border=4,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        title=f"二维码，打开 {address}",
    )
