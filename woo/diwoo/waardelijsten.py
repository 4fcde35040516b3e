"""All value lists of an installation: loaded when first asked for, with the installation's own additions."""

from functools import cached_property
from pathlib import Path

from woo.diwoo.categorieen import Categorieen
from woo.diwoo.gronden import normaliseer_grond
from woo.diwoo.lijstbestand import check_unique, line_of, parse_waarde, read_lijst, read_yaml
from woo.diwoo.organisatieregister import Organisatieregister
from woo.diwoo.waarden import OnbekendeWaarde, Waarde, Waardelijst, WaardelijstFout

__all__ = [
    "OnbekendeWaarde",
    "Waarde",
    "Waardelijst",
    "WaardelijstFout",
    "Waardelijsten",
    "normaliseer_grond",
]

NAMEN = (
    "informatiecategorieen",
    "documentsoorten",
    "formaten",
    "talen",
    "handelingen",
    "documentrelaties",
    "redenen_intrekking",
    "themas",
    "weigeringsgronden",
    "wob_gronden",
    "organisaties",
)


class Waardelijsten:
    """The value lists of one folder, one YAML file each, plus own values from an `aanvulling`."""

    def __init__(self, folder: Path, eigen: dict[str, list[Waarde]]) -> None:
        self._folder = folder
        self._eigen = eigen

    @classmethod
    def load(cls, folder: Path, *, aanvulling: Path | None = None) -> "Waardelijsten":
        """Open the lists in `folder`; each is read when it is first used.

        `aanvulling` is a YAML file with own values per list (`lijsten: {organisaties: [{code, uri, naam, …}]}`).
        It may only add: a code or URI that the official list has is refused.

        Raises:
            WaardelijstFout: a list has no file, or the aanvulling is malformed or redefines an official value.
        """
        missing = [naam for naam in NAMEN if not (folder / f"{naam}.yaml").is_file()]
        if missing:
            raise WaardelijstFout(folder, None, f"no file for the value lists: {', '.join(missing)}")
        if aanvulling is None:
            return cls(folder, {})
        eigen = _read_aanvulling(aanvulling)
        official = cls(folder, {})
        for naam, waarden in eigen.items():
            for n, waarde in enumerate(waarden):
                for key in (waarde.code, waarde.uri):
                    if key in official.lijst(naam):
                        why = f"{key!r} is an official value of the list {naam!r} and cannot be redefined"
                        raise WaardelijstFout(aanvulling, line_of(aanvulling, "lijsten", naam, n), why)
        return cls(folder, eigen)

    @staticmethod
    def namen() -> tuple[str, ...]:
        """The names of all lists."""
        return NAMEN

    def lijst(self, naam: str) -> Waardelijst:
        """Return the list with this name; raises OnbekendeWaarde (list `waardelijsten`) when there is none."""
        if naam not in NAMEN:
            names = Waardelijst("waardelijsten", "", [Waarde(n, f"#{n}", n) for n in NAMEN])
            names.get(naam)
        found: Waardelijst = getattr(self, naam)
        return found

    @property
    def folder(self) -> Path:
        """Where the official lists are."""
        return self._folder

    def eigen(self, naam: str) -> tuple[Waarde, ...]:
        """The values that this installation added to a list itself."""
        return tuple(self._eigen.get(naam, ()))

    def _read(self, naam: str) -> Waardelijst:
        return read_lijst(self._folder / f"{naam}.yaml").extended(self._eigen.get(naam, ()))

    @cached_property
    def categorieen(self) -> Categorieen:
        """The fields that a publicatie of each category asks for; own categories ask for none."""
        official = read_lijst(self._folder / "informatiecategorieen.yaml")
        return Categorieen.load(
            self._folder.parent / "categorieen.yaml", [waarde.code for waarde in official]
        )

    @cached_property
    def organisatieregister(self) -> Organisatieregister:
        """The organisations with province, dates, predecessors and successor; more of them than the value list has."""
        return Organisatieregister.load(self._folder.parent / "organisaties.yaml", self.organisaties)

    @cached_property
    def informatiecategorieen(self) -> Waardelijst:
        """The categories of art. 3.3 Woo and 3.1; extra: nr, artikel, plicht_gemeente, verplicht_vanaf, omschrijving."""
        return self._read("informatiecategorieen")

    @cached_property
    def documentsoorten(self) -> Waardelijst:
        return self._read("documentsoorten")

    @cached_property
    def formaten(self) -> Waardelijst:
        """The formats that the Woo-harvester takes; extra: mime and extensies (tuples)."""
        return self._read("formaten")

    def formaat(self, mime: str, extensie: str) -> Waarde | None:
        """The format of a file of this type whose name ends so (without the dot); None where the nation takes no such file."""
        return self._formaten.get((mime, extensie.lower()))

    @cached_property
    def _formaten(self) -> dict[tuple[str, str], Waarde]:
        found: dict[tuple[str, str], Waarde] = {}
        for waarde in self.formaten:
            for mime in _texts(waarde.extra.get("mime")):
                for extensie in _texts(waarde.extra.get("extensies")):
                    found.setdefault((mime, extensie), waarde)
        return found

    @cached_property
    def talen(self) -> Waardelijst:
        """The languages; extra: iso_639_1 (or None), iso_639_3, bcp47."""
        return self._read("talen")

    @cached_property
    def handelingen(self) -> Waardelijst:
        return self._read("handelingen")

    @cached_property
    def documentrelaties(self) -> Waardelijst:
        return self._read("documentrelaties")

    @cached_property
    def redenen_intrekking(self) -> Waardelijst:
        return self._read("redenen_intrekking")

    @cached_property
    def themas(self) -> Waardelijst:
        return self._read("themas")

    @cached_property
    def weigeringsgronden(self) -> Waardelijst:
        """The grounds of the Woo; extra: soort, wettekst, wob (codes of wob_gronden), vereist (what must be named too)."""
        return self._read("weigeringsgronden")

    @cached_property
    def wob_gronden(self) -> Waardelijst:
        """The grounds of the repealed Wob; extra: soort, woo (codes under which a filter finds them)."""
        return self._read("wob_gronden")

    @cached_property
    def organisaties(self) -> Waardelijst:
        """The organisations that DiWoo 0.9.8 allows; extra: soort, einddatum (a date, only where ended)."""
        return self._read("organisaties")


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, tuple | list) else ()


def _read_aanvulling(path: Path) -> dict[str, list[Waarde]]:
    content = read_yaml(path)
    lijsten = content.get("lijsten")
    if not isinstance(lijsten, dict) or set(content) - {"lijsten", "omschrijving"}:
        raise WaardelijstFout(
            path, 1, "must hold the key 'lijsten' (and may hold 'omschrijving'), nothing else"
        )
    eigen: dict[str, list[Waarde]] = {}
    for naam, rows in lijsten.items():
        if naam not in NAMEN:
            raise WaardelijstFout(
                path, line_of(path, "lijsten"), f"there is no value list {naam!r}; lists: {', '.join(NAMEN)}"
            )
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise WaardelijstFout(
                path,
                line_of(path, "lijsten", naam),
                f"the list {naam!r} must hold values with code, uri and naam",
            )
        eigen[naam] = [
            parse_waarde(path, {**row, "eigen": True}, ("lijsten", naam, n)) for n, row in enumerate(rows)
        ]
        check_unique(path, eigen[naam], ("lijsten", naam))
    return eigen
