"""Codes to scan, as pictures."""


def qr_picture(text: str) -> str:
    """``text`` as a QR code: an SVG in a ``data:`` address, dark on white in every theme, so that cameras read it."""
    import segno  # noqa: PLC0415 - only where one is drawn

    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
