"""What the public side holds of the registry: one module per projection."""

from woo.projection.document import (
    document_entry,
    document_kaart,
    public_document,
    public_pages,
    shown_since,
)
from woo.projection.dossier import public_dossier, read_dossier
from woo.projection.dossier_regels import public_regels
from woo.projection.fingerprint import PROJECTION_VERSION, fingerprint
from woo.projection.gegevens import public_gegevens
from woo.projection.geschiedenis import published_moment
from woo.projection.publicatie import public_publicatie, publicatie_entry, publicatie_kaart
from woo.projection.regel import public_regel, regel_entry, regel_kaart
from woo.projection.values import utc_text
from woo.projection.versies import published_versions

__all__ = [
    "PROJECTION_VERSION",
    "document_entry",
    "document_kaart",
    "fingerprint",
    "public_document",
    "public_dossier",
    "public_gegevens",
    "public_pages",
    "public_publicatie",
    "public_regel",
    "public_regels",
    "publicatie_entry",
    "publicatie_kaart",
    "published_moment",
    "published_versions",
    "read_dossier",
    "regel_entry",
    "regel_kaart",
    "shown_since",
    "utc_text",
]
