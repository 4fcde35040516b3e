"""The heads of the log's chain that were exported, one a day: kept elsewhere, they show that its end was cut off."""

import json

from woo.domain.errors import Unavailable
from woo.registry import Head
from woo.usecases.platform import Platform


def last_exported_head(platform: Platform) -> Head | None:
    """The newest head that was exported, or None; raises Unavailable for one that cannot be read."""
    exported = sorted(platform.heads.glob("????-??-??.json")) if platform.heads.is_dir() else []
    if not exported:
        return None
    try:
        head = json.loads(exported[-1].read_text())
        return Head(int(head["volgnummer"]), str(head["zegel"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unavailable(f"exported head {exported[-1].name}", f"it cannot be read ({error})") from error
