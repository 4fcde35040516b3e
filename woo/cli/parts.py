"""The commands and services of this installation, as its metadata names them (entry points)."""

from importlib.metadata import EntryPoint, distribution

_OURS = "woo-platform"


def entry_points(group: str) -> list[EntryPoint]:
    """Every entry point of this group, by name; the metadata of other packages is not read, which takes long.

    Raises:
        PackageNotFoundError: this program was not installed.
    """
    return sorted(distribution(_OURS).entry_points.select(group=group), key=lambda point: point.name)
