"""The embedded engine: an index in a folder, with tantivy."""

from woo.index.tantivy_index.follow import FollowingReader, follow
from woo.index.tantivy_index.house import TantivyHouse
from woo.index.tantivy_index.reader import TantivyReader
from woo.index.tantivy_index.writer import TantivyIndex

__all__ = ["FollowingReader", "TantivyHouse", "TantivyIndex", "TantivyReader", "follow"]
