"""What the codes of the PDF readers mean, in the words that a person reads."""

from woo.sandbox.errors import FileRefused

REASONS = {
    "empty_file": "The file is empty.",
    "not_a_pdf": "The file is not a PDF: it does not begin with %PDF-.",
    "no_pages": "The PDF has no pages.",
    "password_needed": "The PDF is locked: it cannot be opened without its password or key.",
    "damaged": "The PDF is damaged and could not be repaired.",
    "too_many_pages": "The PDF has more pages than the limit allows.",
    "no_such_page": "The PDF has no page with this number.",
    "page_unreadable": "The page could not be loaded.",
    "text_unreadable": "The text of the page could not be read.",
}


def refused(code: str) -> FileRefused:
    """Build the error for a code; one that is not ours speaks for itself."""
    return FileRefused(code, REASONS.get(code, f"The reader refuses this file: {code}."))
