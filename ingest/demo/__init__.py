"""A fictional municipality with real PDFs, so that a fresh installation has something to show."""

from ingest.demo.make import AANVULLING, PUBLISHER, make_demo
from ingest.demo.model import DemoDocument, DemoPublicatie

__all__ = ["AANVULLING", "PUBLISHER", "DemoDocument", "DemoPublicatie", "make_demo"]
