"""The figures for the openbaarheidsparagraaf of the annual account: requests per year and organisation, as the desk knows them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from woo.domain.besluit import Uitkomst, Woobesluit, in_force
from woo.domain.dossierfeiten import Termijndossier
from woo.domain.procedure import Proceduresoort
from woo.domain.termijn import Telling, termijnstand
from woo.domain.verzoek import Wooverzoek


@dataclass(frozen=True, slots=True)
class Termijncijfers:
    """How long requests took, in days, and how many were in time; `onbekend` where the term stood still at the end."""

    op_tijd: int
    te_laat: int
    onbekend: int
    gemiddeld: float | None
    mediaan: float | None


@dataclass(frozen=True, slots=True)
class Jaarcijfers:
    """One year of one organisation.

    Received and open count by the day of receipt; all else counts the requests that ended in this year. `paginas` are those
    of the documents that are public in the publicaties of the decisions of this year.
    """

    jaar: int
    organisatie: str | None
    ontvangen: int
    afgehandeld: int
    nog_open: int
    uitkomsten: Mapping[Uitkomst, int]
    verdaagd: int
    opgeschort: int
    ingebrekestellingen: int
    bezwaren: int
    beroepen: int
    paginas: int
    met_opschorting: Termijncijfers
    zonder_opschorting: Termijncijfers


def jaarcijfers(
    dossiers: Iterable[Termijndossier],
    paginas: Mapping[str, int],
    *,
    organisaties: Collection[str] | None = None,
) -> list[Jaarcijfers]:
    """Count the dossiers of these organisations (None: all), newest year first, and then by code.

    `paginas` is the number of public pages by publicatie.
    """
    groups: dict[tuple[int, str | None], list[Termijndossier]] = defaultdict(list)
    for dossier in dossiers:
        organisatie = dossier.verzoek.organisatie
        if organisaties is not None and organisatie not in organisaties:
            continue
        for year in _years(dossier):
            groups[year, organisatie].append(dossier)
    order = sorted(groups, key=lambda key: (-key[0], key[1] or ""))
    return [_counted(year, organisatie, groups[year, organisatie], paginas) for year, organisatie in order]


def _years(dossier: Termijndossier) -> set[int]:
    years = {dossier.verzoek.ontvangen_op.year, *(each.datum.year for each in dossier.besluiten)}
    if dossier.afgedaan_op is not None:
        years.add(dossier.afgedaan_op.year)
    years |= {each.datum.year for each in dossier.procedures}
    return years | {each.year for each in dossier.verzoek.ingebrekestellingen}


def _counted(
    jaar: int, organisatie: str | None, dossiers: Sequence[Termijndossier], paginas: Mapping[str, int]
) -> Jaarcijfers:
    ended = [each for each in dossiers if each.afgedaan_op is not None and each.afgedaan_op.year == jaar]
    received = [each for each in dossiers if each.verzoek.ontvangen_op.year == jaar]
    procedures = Counter(
        procedure.soort for each in dossiers for procedure in each.procedures if procedure.datum.year == jaar
    )
    shown = {
        besluit.publicatie_id
        for each in dossiers
        for besluit in each.besluiten
        if besluit.datum.year == jaar and besluit.publicatie_id is not None
    }
    tellingen = [_stand(each) for each in ended]
    return Jaarcijfers(
        jaar=jaar,
        organisatie=organisatie,
        ontvangen=len(received),
        afgehandeld=len(ended),
        nog_open=sum(each.afgedaan_op is None for each in received),
        uitkomsten=Counter(_outcome(each) for each in ended),
        verdaagd=sum(each.verzoek.verdaagd_op is not None for each in ended),
        opgeschort=sum(bool(each.verzoek.opschortingen) for each in ended),
        ingebrekestellingen=sum(
            dag.year == jaar for each in dossiers for dag in each.verzoek.ingebrekestellingen
        ),
        bezwaren=procedures[Proceduresoort.BEZWAAR],
        beroepen=procedures[Proceduresoort.BEROEP],
        paginas=sum(paginas.get(id, 0) for id in shown),
        met_opschorting=_terms([met for met, _ in tellingen]),
        zonder_opschorting=_terms([zonder for _, zonder in tellingen]),
    )


def _outcome(dossier: Termijndossier) -> Uitkomst:
    """How a request ended: by its last decision that is in force, or else because it was taken back or sent on."""
    if dossier.verzoek.ingetrokken_op == dossier.afgedaan_op:
        return Uitkomst.INGETROKKEN
    if dossier.verzoek.doorgezonden_op == dossier.afgedaan_op:
        return Uitkomst.DOORGEZONDEN
    return in_force(dossier.besluiten)[-1].uitkomst


def _stand(dossier: Termijndossier) -> tuple[Telling, Telling]:
    """The term of a request against the day on which it ended, both ways."""
    assert dossier.afgedaan_op is not None  # noqa: S101 - only what ended is counted
    verzoek: Wooverzoek = dossier.verzoek
    end = Woobesluit("einde", verzoek.id, verzoek.kenmerk, dossier.afgedaan_op, Uitkomst.OPENBAAR)
    stand = termijnstand(verzoek, end)
    return stand.met_opschorting, stand.zonder_opschorting


def _terms(tellingen: Sequence[Telling]) -> Termijncijfers:
    over = [telling.over for telling in tellingen if telling.over is not None]
    dagen = [telling.dagen for telling in tellingen]
    return Termijncijfers(
        op_tijd=sum(each <= 0 for each in over),
        te_laat=sum(each > 0 for each in over),
        onbekend=len(tellingen) - len(over),
        gemiddeld=round(sum(dagen) / len(dagen), 1) if dagen else None,
        mediaan=float(median(dagen)) if dagen else None,
    )
