"""Read a message as it was sent (RFC 5322 and MIME), and take its attachments out. Runs in the child only."""

import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from typing import BinaryIO

from woo.sandbox.archives.allowance import Allowance
from woo.sandbox.mail.headers import identifiers, moment, value
from woo.sandbox.mail.letter import Letter, answers
from woo.sandbox.mail.parts import Part, body_text
from woo.sandbox.mail.parts import attachments as files_of
from woo.sandbox.mail.uuencoded import files_in, without_files
from woo.sandbox.task import Answer, Refusal, Request

_LENGTH = re.compile(rb"\s*(\d{1,10})[ \t]*\r?\n")
_LONGEST_LENGTH = 64


def read(request: Request) -> Iterator[Answer]:
    """Read a message: its identity, its text page by page, and a PDF that shows it.

    Raises:
        Refusal: not_a_message, too_deep, too_many_pages.
    """
    try:
        letter = letter_of(_parsed(request.files[0]))
    except RecursionError as error:
        raise Refusal("too_deep") from error
    yield from answers(letter, most_pages=request.number("pages"))


def attachments(request: Request) -> Iterator[Answer]:
    """Give the files that hang on a message, pictures in its text included.

    Raises:
        Refusal: not_a_message, too_deep.
    """
    allowance = Allowance(request)
    left_out = 0
    try:
        for naam, content in _files(_parsed(request.files[0])):
            if allowance.is_spent:
                left_out += 1
            else:
                yield from allowance.give(naam, (content,), size=len(content))
    except RecursionError as error:
        raise Refusal("too_deep") from error
    if left_out:
        yield {"more": left_out}, b""


def letter_of(message: Part) -> Letter:
    """What a person reads of a message."""
    date, body = value(message, "date"), body_text(message)
    return Letter(
        subject=value(message, "subject"),
        sender=value(message, "from") or value(message, "sender"),
        to=value(message, "to"),
        cc=value(message, "cc"),
        bcc=value(message, "bcc"),
        date=moment(date),
        date_text=date,
        message_id=next(iter(identifiers(value(message, "message-id"))), ""),
        in_reply_to=next(iter(identifiers(value(message, "in-reply-to"))), ""),
        references=identifiers(value(message, "references")),
        body=without_files(body),
        attachments=[each.naam for each in files_of(message)] + [naam for naam, _ in files_in(body)],
    )


def _files(message: Part) -> Iterator[tuple[str, bytes]]:
    for attachment in files_of(message):
        yield attachment.naam, attachment.content()
    yield from files_in(body_text(message))


def _parsed(file: BinaryIO) -> Part:
    """Parse the whole message; one of Apple Mail stands between its length and a property list."""
    head = file.read(_LONGEST_LENGTH)
    length = _LENGTH.match(head)
    file.seek(length.end() if length else 0)
    content = file.read(int(length.group(1)) if length else -1)
    message = BytesParser(policy=policy.compat32).parsebytes(content)
    if not message.keys():
        raise Refusal("not_a_message")
    return message
