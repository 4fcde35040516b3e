"""The indices of one installation in Elasticsearch: versioned names, a read alias on the live one, and the swap."""

from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue, Unavailable
from woo.index.elastic_index.catalogue import Catalogue
from woo.index.elastic_index.connection import Connection
from woo.index.elastic_index.engine import Engine
from woo.index.elastic_index.names import IndexName, read_alias
from woo.index.elastic_index.reader import ElasticReader
from woo.index.elastic_index.writer import ElasticIndex
from woo.index.house import Built
from woo.index.port import IndexReader
from woo.index.version import current_version


class LiveReader(ElasticReader):
    """A reader of whatever index is live, as long as it was made with this program's version."""

    def __init__(self, engine: Engine, analysis: DutchAnalysis) -> None:
        self._engine = engine
        self._version = current_version(analysis.version)
        super().__init__(Connection(engine), read_alias(engine.prefix, self._version), analysis)

    def _moved(self) -> bool:
        why = Catalogue(self._connection, self._engine).why_not(self._version)
        if why is not None:
            raise Unavailable("index", why)
        return True


class ElasticHouse:
    """An IndexHouse in an Elasticsearch; nothing is connected to before it is used."""

    def __init__(self, engine: Engine, analysis: DutchAnalysis) -> None:
        self._engine = engine
        self._analysis = analysis
        self._version = current_version(analysis.version)

    def open_live(self) -> Built | None:
        """Open the live index for writing; see the port."""
        with Connection(self._engine) as connection:
            live = Catalogue(connection, self._engine).live()
        if live is None or live[1] != read_alias(self._engine.prefix, self._version):
            return None
        return self._opened(live[0])

    def build(self) -> Built:
        """Start an empty index beside the live one."""
        with Connection(self._engine) as connection:
            name = Catalogue(connection, self._engine).create(self._version)
        return self._opened(name)

    def make_live(self, built: Built) -> None:
        """Point readers to this index; see the port."""
        with Connection(self._engine) as connection:
            Catalogue(connection, self._engine).make_live(self._name(built), self._version)

    def sweep(self) -> None:
        """Remove every index of ours that is not live."""
        with Connection(self._engine) as connection:
            catalogue = Catalogue(connection, self._engine)
            live = catalogue.live()
            for name in catalogue.names():
                if live is None or name != live[0]:
                    catalogue.drop(name)

    def drop(self, built: Built) -> None:
        """Close and remove an index that is not live."""
        built.index.close()
        with Connection(self._engine) as connection:
            Catalogue(connection, self._engine).drop(self._name(built))

    def open_reader(self) -> IndexReader:
        """A reader that follows the live index; it may come to be later."""
        return LiveReader(self._engine, self._analysis)

    def names(self) -> tuple[str, ...]:
        """Names of every index of ours, oldest first."""
        with Connection(self._engine) as connection:
            return tuple(str(name) for name in Catalogue(connection, self._engine).names())

    def live(self) -> str | None:
        """Name of the live index."""
        with Connection(self._engine) as connection:
            live = Catalogue(connection, self._engine).live()
        return None if live is None else str(live[0])

    def size(self) -> int:
        """Bytes of the primary shards of the live index."""
        with Connection(self._engine) as connection:
            catalogue = Catalogue(connection, self._engine)
            live = catalogue.live()
            return catalogue.bytes_of(live[0]) if live else 0

    def memory(self) -> tuple[int, int] | None:
        """Bytes of heap in use and allowed, over all nodes."""
        with Connection(self._engine) as connection:
            return Catalogue(connection, self._engine).heap()

    def demolish(self) -> None:
        """Remove every index of ours, the live one too."""
        with Connection(self._engine) as connection:
            Catalogue(connection, self._engine).demolish()

    def _opened(self, name: IndexName) -> Built:
        index = ElasticIndex(
            Connection(self._engine), name, self._analysis, bulk_bytes=self._engine.bulk_bytes
        )
        return Built(str(name), index)

    def _name(self, built: Built) -> IndexName:
        name = IndexName.parse(built.name, self._engine.prefix)
        if name is None:
            raise InvalidValue("index", built.name, f"an index is named like {self._engine.prefix}-v1-000001")
        return name
