"""Which indices of ours there are in Elasticsearch, which one is live, and how another takes its place."""

from dataclasses import asdict
from typing import Any

import elasticsearch

from woo.domain.errors import InvalidValue, NotFound, Unavailable
from woo.index.elastic_index import schema
from woo.index.elastic_index.connection import Connection, Missing
from woo.index.elastic_index.engine import Engine
from woo.index.elastic_index.names import IndexName, all_of, is_read_alias, read_alias
from woo.index.fields import SCHEMA_VERSION
from woo.index.version import Version

_TRIES = 20


class Catalogue:
    """The indices under one prefix."""

    def __init__(self, connection: Connection, engine: Engine) -> None:
        self._connection = connection
        self._engine = engine

    def names(self) -> tuple[IndexName, ...]:
        """Return every index of ours, oldest first."""
        return tuple(sorted(self._aliases(), key=lambda name: name.number))

    def live(self) -> tuple[IndexName, str] | None:
        """Return the live index and the alias that readers ask it by, or None when there is none yet."""
        prefix = self._engine.prefix
        found = [
            (name, alias)
            for name, aliases in self._aliases().items()
            for alias in aliases
            if is_read_alias(alias, prefix)
        ]
        if len(found) > 1:
            names = " and ".join(sorted(str(name) for name, _ in found))
            raise Unavailable("index", f"more than one index is live ({names}); run `woo reindex`")
        return found[0] if found else None

    def version(self, name: IndexName) -> dict[str, Any]:
        """Return what is recorded with an index about what it was made with."""
        answer = self._connection.ask(lambda client: client.indices.get_mapping(index=str(name)))
        recorded: dict[str, Any] = answer[str(name)]["mappings"].get("_meta", {})
        return recorded

    def create(self, version: Version) -> IndexName:
        """Make an empty index beside the others and return its name."""
        engine = self._engine
        for _ in range(_TRIES):
            newest = max((name.number for name in self.names()), default=0)
            name = IndexName(engine.prefix, SCHEMA_VERSION, newest + 1)
            if self._created(name, version):
                return name
        raise Unavailable("index", f"other programs keep making indices named {all_of(engine.prefix)}")

    def _created(self, name: IndexName, version: Version) -> bool:
        engine = self._engine
        settings = schema.settings(shards=engine.shards, replicas=engine.replicas)
        try:
            self._connection.ask(
                lambda client: client.indices.create(
                    index=str(name),
                    settings=settings,
                    mappings=schema.mapping(version),
                    aliases={name.write_alias: {}},
                ),
                retries=0,
            )
        except Unavailable as error:
            cause = error.__cause__
            if (
                isinstance(cause, elasticsearch.ApiError)
                and cause.error == "resource_already_exists_exception"
            ):
                return False
            raise
        return True

    def make_live(self, name: IndexName, version: Version) -> None:
        """Point readers to this index, in one step that they see whole.

        Raises:
            NotFound: there is no index of this name.
        """
        aliases = self._aliases()
        if name not in aliases:
            raise NotFound("index", str(name))
        alias = read_alias(self._engine.prefix, version)
        old = [
            {"remove": {"index": str(other), "alias": one}}
            for other, own in aliases.items()
            for one in own
            if is_read_alias(one, self._engine.prefix) and (other, one) != (name, alias)
        ]
        actions = [*old, {"add": {"index": str(name), "alias": alias}}]
        self._connection.ask(lambda client: client.indices.update_aliases(actions=actions), patient=True)

    def drop(self, name: IndexName) -> None:
        """Remove an index that is not live; one that is gone already is fine.

        Raises:
            InvalidValue: it is the live one.
        """
        live = self.live()
        if live is not None and live[0] == name:
            raise InvalidValue(
                "index", str(name), "the live index cannot be dropped; make another one live first"
            )
        self._connection.ask(
            lambda client: client.indices.delete(index=str(name), ignore_unavailable=True), patient=True
        )

    def bytes_of(self, name: IndexName) -> int:
        """Return what an index takes on disk, without its copies."""
        answer = self._connection.ask(lambda client: client.indices.stats(index=str(name), metric="store"))
        size: int = answer["_all"]["primaries"]["store"]["size_in_bytes"]
        return size

    def heap(self) -> tuple[int, int]:
        """Return the bytes of heap in use and allowed, over all nodes."""
        answer = self._connection.ask(lambda client: client.nodes.stats(metric="jvm"))
        nodes = [node["jvm"]["mem"] for node in answer["nodes"].values()]
        return sum(node["heap_used_in_bytes"] for node in nodes), sum(
            node["heap_max_in_bytes"] for node in nodes
        )

    def demolish(self) -> None:
        """Remove every index of ours, the live one too."""
        names = [str(name) for name in self.names()]
        if names:
            self._connection.ask(
                lambda client: client.indices.delete(index=names, ignore_unavailable=True), patient=True
            )

    def why_not(self, version: Version) -> str | None:
        """Return why there is no live index of this version, or None when there is one."""
        live = self.live()
        if live is None:
            return f"there is no index in {self._engine.address}/{self._engine.prefix} yet; run `woo work` or `woo reindex`"
        name, alias = live
        if alias == read_alias(self._engine.prefix, version):
            return None
        return (
            f"{name} was made with {self.version(name)}, this program works with {asdict(version)};"
            " run `woo reindex`"
        )

    def _aliases(self) -> dict[IndexName, tuple[str, ...]]:
        prefix = self._engine.prefix
        try:
            answer = self._connection.ask(
                lambda client: client.indices.get_alias(index=all_of(prefix), allow_no_indices=True)
            )
        except Missing:
            return {}
        return {
            name: tuple(found["aliases"])
            for text, found in answer.items()
            if (name := IndexName.parse(text, prefix))
        }
