"""The shared core of the Woo platform: domain, registry, index, storage and the use cases on top of them."""

__version__ = "0.1.0"
API_VERSION = "1.0.0"
