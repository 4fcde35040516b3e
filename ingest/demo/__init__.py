"""A fictional municipality with real PDFs, so that a fresh installation has something to show."""
