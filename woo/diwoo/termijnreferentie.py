"""Writes docs/termijnen.md: `python -m woo.diwoo.termijnreferentie > docs/termijnen.md`."""

from collections.abc import Iterator

from woo.diwoo.termijnen import load_kalender, load_regels
from woo.domain.kalender import Kalender
from woo.domain.termijnfeit import NOTEERBAAR
from woo.domain.termijnregel import Termijnregel, Termijnregels, Termijnsoort
from woo.settings import config_folder

_SOORTEN = {
    Termijnsoort.PLICHT: "duty of the desk",
    Termijnsoort.KANS: "the desk may, until then",
    Termijnsoort.ANDER: "of someone else",
    Termijnsoort.WACHT: "not before its end",
}
_WEEK = 7
_HEAD = """# Legal terms

This page is made from the rules themselves: `python -m woo.diwoo.termijnreferentie > docs/termijnen.md`.

**No legal advice.** Every rule names its article and where it stands, so that a lawyer can check it. The rules are data
(`config/termijnen.yaml`), as are the days that royal decrees put on a par with a holiday (`config/feestdagen.yaml`); an unknown key
or value in them is refused with its line.

## How a term is counted

- A term starts the day after its fact, and has as many days as its rule says.
- A day on which the term of the request is suspended does not count for a rule that stands still with it, and no day counts
  twice. The end is always told **both ways**: with suspension taken into account, and without.
- A legal term that would end on a Saturday, Sunday or holiday ends on the next working day (art. 1 Algemene termijnenwet). A day
  that a court or the desk itself set is taken as it is.
- Good Friday, every 5 May and the other holidays of art. 3 are computed. The days of art. 3, third paragraph, come from the file;
  of years that it does not know, a clock says that the day has to be checked (`zeker` is false).
- What befell a term after it was met does not count for it.
- Where the law says "as soon as possible", the length is a target of the desk itself (`streef`), and told as one.
- A request is done when it was decided as a whole (or by the partial decision that is said to be the last), taken back, or sent on
  as a whole. A notice that the decision is late counts only when it came after the term.

A clock runs (`loopt`), stands still (`stil`), was met (`gedaan`) or does not matter any more (`vervallen`). Only a duty of the desk
can be too late.

## Facts

Most facts follow from the request, its decisions, its third parties and its procedures. These are noted by hand, on
`/verzoeken/{id}/termijnen` or by `POST /v1/verzoeken/{id}/termijnfeiten` (of a publicatie: `/v1/publicaties/{id}/termijnfeiten`); the log keeps when one was noted or struck out:

"""
_TAIL = """
## Where they are shown

| place | what |
|---|---|
| `/` (Vandaag) | late, due today, due within a week, standing still; refused files and reports of visitors beside them |
| `/termijnen`, `GET /v1/termijnen` | everything that runs; `voor` and `organisatie` narrow it |
| `/verzoeken/{id}/termijnen`, `GET /v1/verzoeken/{id}/termijnen` | every clock of one request |
| `/agenda`, `POST /v1/agendas` | the address of a calendar feed (iCalendar) of one's own; shown once, kept as a digest, revocable, at most 366 days |
| `/v1/agenda.ics?sleutel=…` | the feed: one all-day event per clock with an end, with the same UID for as long as the clock exists, a SEQUENCE that goes up with each change, warnings a week, a day and on the morning before a duty; it shows what its owner may read on that day, and nothing of requesters or third parties |
| `/inlezen`, `GET /v1/inlezen` | what became of what was taken in, per publicatie; refused files with their reason; what failed |
| mail | a digest for the addresses of `termijnen.ontvangers` ([settings](settings.md)), each day or each Monday, from `termijnen.uur` on, when something is late or due within `termijnen.dagen`; marked in the registry, so that one worker of several sends it, and once |
| `/mijn/termijnpost`, `GET` and `PUT /v1/mijn/termijnpost` | the same digest for oneself, of the organisations that one may read on that day; ends with the account. Who is named in the settings gets what these say |
| `/statistieken`, `GET /v1/statistieken`, `/statistieken.csv` | the figures for the openbaarheidsparagraaf of the annual account: received, ended, outcomes, in time both ways, mean and median, pages, per year and organisation |

A worker that is killed between handing over a digest and marking it lets another send it once more after a quarter of an hour, with
the same Message-ID. Nobody sees terms of an organisation that they may not read.

## Modules

`woo/domain/kalender.py` holidays · `tellen.py` counting days · `termijnregel.py` rules · `klok.py` clocks from facts and rules ·
`dossierfeiten.py` the facts of a request · `termijnfeit.py` noted facts · `woo/diwoo/termijnen.py` reads both files ·
`woo/registry/termijnen.py`, `agendasleutels.py`, `termijnpost.py` · `woo/usecases/termijnen.py`, `termijnoverzicht.py`, `agenda.py`,
`aandacht.py`, `jaarcijfers.py` · `woo/views/termijnen.py` sentences · `woo/exports/agenda.py` iCalendar · `ingest/termijnen` the digest ·
`publisher/agenda.py` the feed · `publisher/balie/termijnen_pages.py`, `agenda_pages.py`, `aandacht_pages.py`, `statistieken_pages.py`

The page of a request shows them by `Deel.verzoek_blokken`. On another page: `klokrijen.rows_of(termijnen_van(platform, actor, id))`,
and in its template `{% import "_termijnen.html" as termijnen with context %}{{ termijnen.klokken(open, klaar) }}`.
"""


def page() -> str:
    """The whole page, from the rules and days of this installation."""
    regels = load_regels(config_folder() / "termijnen.yaml")
    kalender = load_kalender(config_folder() / "feestdagen.yaml")
    return "".join((_HEAD, *_noted(), "\n## Rules\n\n", *_rules(regels), "\n", *_days(kalender), _TAIL))


def _noted() -> Iterator[str]:
    yield "| fact | about | comes with a last day |\n|---|---|---|\n"
    for soort, known in NOTEERBAAR.items():
        yield f"| {known.naam} (`{soort.value}`) | {known.onderwerp.value} | {'yes' if known.met_tot else 'no'} |\n"


def _rules(regels: Termijnregels) -> Iterator[str]:
    yield "| rule | length | counts from | working day | stands still | what it is | in force | source |\n"
    yield "|---|---|---|---|---|---|---|---|\n"
    for regel in regels:
        since = f"from {regel.geldt_vanaf.isoformat()}"
        until = "" if regel.geldt_tot is None else f" to {regel.geldt_tot.isoformat()}"
        cells = (
            f"**{regel.naam}** (`{regel.code}`). {regel.uitleg}",
            _length(regel),
            _start(regel),
            "moves" if regel.termijnenwet else "stays",
            "yes" if regel.opschorting else "no",
            _kind(regel),
            since + until,
            f"[{regel.artikel}]({regel.bron})",
        )
        yield f"| {' | '.join(cells)} |\n"


def _length(regel: Termijnregel) -> str:
    if regel.dagen is None:
        return "set"
    if regel.dagen % _WEEK:
        return f"{regel.dagen} days"
    weeks = regel.dagen // _WEEK
    return f"{weeks} week{'' if weeks == 1 else 's'}"


def _start(regel: Termijnregel) -> str:
    if regel.na_einde_van is not None:
        return f"the end of `{regel.na_einde_van}`, when there is `{regel.vanaf.value}`"
    only = f", with `{regel.alleen_als.value}`" if regel.alleen_als else ""
    only += f", without `{regel.niet_als.value}`" if regel.niet_als else ""
    return f"`{regel.vanaf.value}`{only}"


def _kind(regel: Termijnregel) -> str:
    if regel.verlengt:
        return f"makes {', '.join(f'`{code}`' for code in sorted(regel.verlengt))} longer"
    return f"{_SOORTEN[regel.soort]}{' (own target)' if regel.streef else ''}"


def _days(kalender: Kalender) -> Iterator[str]:
    yield "## Days on a par with a holiday\n\n"
    yield f"Known of the years {', '.join(str(jaar) for jaar in sorted(kalender.bekend))}: "
    yield ", ".join(dag.isoformat() for dag in sorted(kalender.gelijkgesteld)) + ".\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - this is what it is for
