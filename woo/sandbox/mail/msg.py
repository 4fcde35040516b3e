"""Read a message as Outlook keeps it (.msg), and take its attachments out. Runs in the child only."""

from collections.abc import Iterator

from oxmsg.domain import constants as pid

from woo.sandbox.archives.allowance import Allowance
from woo.sandbox.mail.letter import answers
from woo.sandbox.mail.msg_embedded import as_eml
from woo.sandbox.mail.msg_letter import letter_of, name_of
from woo.sandbox.mail.msg_store import Store
from woo.sandbox.task import Answer, Refusal, Request

_BY_REFERENCE = frozenset({2, 3, 4, 7})
_EMBEDDED, _OLE = 5, 6


def read(request: Request) -> Iterator[Answer]:
    """Read a message: its identity, its text page by page, and a PDF that shows it.

    Raises:
        Refusal: damaged_message, too_many_pages.
    """
    letter = letter_of(Store.load(request.files[0]))
    yield from answers(letter, most_pages=request.number("pages"))


def attachments(request: Request) -> Iterator[Answer]:
    """Give the files that hang on a message; a message in the message becomes one as it is sent (.eml).

    Raises:
        Refusal: damaged_message.
    """
    allowance = Allowance(request)
    left_out = 0
    for number, file in enumerate(Store.load(request.files[0]).attachments(), 1):
        if allowance.is_spent:
            left_out += 1
            continue
        yield from _attachment(file, name_of(file, number), allowance)
    if left_out:
        yield {"more": left_out}, b""


def _attachment(file: Store, naam: str, allowance: Allowance) -> Iterator[Answer]:
    method = file.whole(pid.PID_ATTACH_METHOD)
    if method == _EMBEDDED:
        inner = file.embedded()
        try:
            content = None if inner is None else as_eml(inner)
        except RecursionError:
            return allowance.refuse(naam, "too_deep")
        except Refusal as refusal:
            return allowance.refuse(naam, refusal.code)
    elif method in _BY_REFERENCE:
        return allowance.refuse(naam, "by_reference")
    elif method == _OLE:
        return allowance.refuse(naam, "ole_object")
    else:
        content = file.content(pid.PID_ATTACH_DATA_BINARY)
    if content is None:
        return allowance.refuse(naam, "damaged_member")
    return allowance.give(naam, (content,), size=len(content))
