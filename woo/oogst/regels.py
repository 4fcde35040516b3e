"""How the pages of a site are read: the key `rules` of a source of kind `site`."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from woo.oogst.datumvormen import check_vorm
from woo.oogst.delen import Part, listed, web_address
from woo.oogst.uitdrukkingen import check_css, check_regex, check_xpath
from woo.settings.values import Whole

NUMMER = "{number}"
"""Stands for the number of a list page in the pattern of its address."""
Css = Annotated[str, AfterValidator(check_css)]
XPath = Annotated[str, AfterValidator(check_xpath)]
Regex = Annotated[str, AfterValidator(check_regex)]
Datumvorm = Annotated[str, AfterValidator(check_vorm)]
Plaats = Literal["list", "detail"]


class Kiezer(Part):
    """Where something stands, by CSS or XPath; a text alone is CSS."""

    css: Css | None = None
    xpath: XPath | None = None

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, value: Any) -> Any:
        return {"css": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(each is not None for each in self._ways()) != 1:
            raise ValueError(f"one of {', '.join(self._way_names())} must be given, and no more than one")
        return self

    @classmethod
    def _way_names(cls) -> tuple[str, ...]:
        return ("css", "xpath")

    def _ways(self) -> Iterator[Any]:
        return (getattr(self, name) for name in self._way_names())


class Patroon(Kiezer):
    """What is taken of it: an attribute (else its text), and of that what a pattern finds."""

    attribute: str | None = None
    regex: Regex | None = None
    group: Whole | str | None = None

    @model_validator(mode="after")
    def _has_group(self) -> Self:
        if self.group is None:
            return self
        found = re.compile(self.regex or "")
        if isinstance(self.group, str):
            known = self.group in found.groupindex
        else:
            known = 0 <= self.group <= found.groups
        if not known:
            raise ValueError(f"the key regex has no group {self.group!r}")
        return self


class Adresregel(Patroon):
    """An address on a page: of a link (`href`, else `src`), or of the attribute that is named."""


class Bestandsregel(Adresregel):
    """The addresses of the files of a document: in its row of the list, or on its own page."""

    on: Plaats | None = None


class Tekstregel(Patroon):
    """A text about a document: from its row of the list or its own page, or one that is always the same (`value`)."""

    value: Annotated[str, Field(min_length=1)] | None = None
    on: Plaats | None = None
    required: bool = False

    @classmethod
    def _way_names(cls) -> tuple[str, ...]:
        return ("css", "xpath", "value")


class Datumregel(Tekstregel):
    """A day; `dates` are the forms in which the site writes it."""

    dates: Annotated[tuple[Datumvorm, ...], BeforeValidator(listed)] = ()


class Woordregel(Tekstregel):
    """A value of a value list: `map` says which code a word of the site means; without it its words are those of the list."""

    map: Mapping[str, str] = Field(default_factory=dict)


class Uitgeverregel(Woordregel):
    """Whose document it is; here the words of the site must be mapped."""

    @model_validator(mode="after")
    def _mapped(self) -> Self:
        if self.value is None and not self.map:
            raise ValueError("the key map must say which organisation a word of the site means")
        return self


class Volgende(Kiezer):
    """How to go on in a list: links to other pages of it, or a pattern of their addresses with {number} in it."""

    address: str | None = None
    first: Whole = Field(default=2, ge=0)
    step: Whole = Field(default=1, ge=1)

    @classmethod
    def _way_names(cls) -> tuple[str, ...]:
        return ("css", "xpath", "address")

    @model_validator(mode="after")
    def _has_number(self) -> Self:
        if self.address is not None and self.address.count(NUMMER) != 1:
            raise ValueError(f"the pattern of an address must hold {NUMMER} once, such as ?pagina={NUMMER}")
        return self


class Velden(Part):
    """Where each thing that is known of a document stands; title and files must be found, or the document is a failure."""

    title: Tekstregel
    files: Bestandsregel
    main: Adresregel | None = None
    file_title: Patroon | None = None
    changed: Datumregel | None = None
    date: Datumregel | None = None
    category: Woordregel | None = None
    documentsoort: Woordregel | None = None
    thema: Woordregel | None = None
    kenmerk: Tekstregel | None = None
    aggregatiekenmerk: Tekstregel | None = None
    omschrijving: Tekstregel | None = None
    publisher: Uitgeverregel | None = None


LIJSTEN: Mapping[str, str] = {
    "category": "informatiecategorieen",
    "documentsoort": "documentsoorten",
    "thema": "themas",
    "publisher": "organisaties",
}
"""The value list of each field that holds a code."""


class Siteregels(Part):
    """The list pages of a site, the items on them, the page of each item, and what stands where."""

    start: Annotated[tuple[Annotated[str, AfterValidator(web_address)], ...], BeforeValidator(listed)] = ()
    next: Volgende | None = None
    items: Kiezer
    empty: Kiezer | None = None
    detail: Adresregel | None = None
    fields: Velden

    @model_validator(mode="after")
    def _has_its_pages(self) -> Self:
        for naam, regel in self.fields:
            if self.detail is None and getattr(regel, "on", None) == "detail":
                raise ValueError(f"fields.{naam} is on the page of an item, and the key detail names none")
        return self

    def own(self) -> dict[str, Any]:
        """The same as JSON can hold it, each field with the place (`list`, `detail`) where it stands."""
        made = self.model_dump(mode="json")
        usual = "list" if self.detail is None else "detail"
        for naam, regel in made["fields"].items():
            if regel is not None:
                regel["on"] = regel.get("on") or ("list" if naam == "changed" else usual)
        return made
