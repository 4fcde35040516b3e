"""Send a rendition to the parent: the bytes of the PDF, in parts that a frame holds."""

import io
from collections.abc import Iterator

from woo.sandbox.task import Answer

_CHUNK = 2**20


def rendition_parts(pdf: io.BytesIO) -> Iterator[Answer]:
    """Give all of it, however far it was read, without a second copy of the whole in memory."""
    view = pdf.getbuffer()
    for at in range(0, len(view), _CHUNK):
        yield {"rendition": True}, bytes(view[at : at + _CHUNK])
