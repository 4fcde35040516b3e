"""The leak sheet in plain Dutch: where a withdrawn document may still be, and what to ask of whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from woo.domain.datalek import Lekblad
from woo.views.dutch import counted, number


@dataclass(frozen=True, slots=True)
class Plek:
    """A place where it may be: its name, what is known of it, and what to do."""

    naam: str
    bekend: str
    doen: str


@dataclass(frozen=True, slots=True)
class Klok:
    """The 72 hours of art. 33(1) AVG at a moment: how much is left (negative when over), and in words."""

    resteert: timedelta
    tekst: str


def clock(blad: Lekblad, nu: datetime) -> Klok:
    """How the clock stands; it runs through weekends and holidays, and stops for nothing."""
    left = blad.melden_voor - nu
    hours, minutes = divmod(int(abs(left).total_seconds() // 60), 60)
    told = counted(hours, "uur", "uur") if hours else counted(minutes, "minuut", "minuten")
    if blad.gemeld_op is not None:
        when = "op tijd" if blad.gemeld_op <= blad.melden_voor else "na afloop van de 72 uur"
        return Klok(left, f"Gemeld, {when}.")
    if blad.melden is False:
        return Klok(left, "Besloten is om niet te melden.")
    return Klok(
        left,
        f"Nog {told}."
        if left >= timedelta()
        else f"De 72 uur zijn {told} voorbij. Meld alsnog en zeg waarom het later is (art. 33 lid 1 AVG).",
    )


def asked(blad: Lekblad) -> str:
    """How often it was asked for, and what is not known."""
    of = blad.vastgelegd
    told = f"{number(int(of['weergaven']))} keer bekeken en {number(int(of['downloads']))} keer gedownload"
    if of.get("geteld_vanaf") is None:
        return "Onbekend: er is nog niets geteld."
    periods = of["perioden"]
    before = bool(periods) and periods[0][0][:10] < of["geteld_vanaf"]
    missing = f" Geteld vanaf {of['geteld_vanaf']}; van daarvoor is niets bekend." if before else ""
    return f"{told}.{missing} Wat in een zip of export meeging, is niet per document geteld."


def duration(blad: Lekblad) -> str:
    """How long it was public, in days, hours and minutes."""
    seconds = int(blad.vastgelegd["seconden_openbaar"])
    days, rest = divmod(seconds, 86_400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    parts = [
        counted(days, "dag", "dagen") if days else "",
        counted(hours, "uur", "uur") if hours else "",
        counted(minutes, "minuut", "minuten") if minutes or not (days or hours) else "",
    ]
    return " en ".join(", ".join(filter(None, parts)).rsplit(", ", 1))


def periods(blad: Lekblad) -> list[tuple[datetime, datetime]]:
    """From when to when it was public."""
    return [
        (datetime.fromisoformat(van), datetime.fromisoformat(tot)) for van, tot in blad.vastgelegd["perioden"]
    ]


def places(blad: Lekblad) -> list[Plek]:
    """Every place to which it may have gone, the ones that are asked to remove it first."""
    of: Mapping[str, Any] = blad.vastgelegd
    return [
        _search_engines(),
        Plek(
            "Internet Archive (archive.org)",
            "Onbekend: het archief bezoekt openbare sites op eigen initiatief.",
            "Zoek het adres op web.archive.org. Vraag verwijdering via info@archive.org, met het adres en de reden.",
        ),
        *_webhooks(of.get("webhooks")),
        _mail(of.get("post_hoogstens")),
        Plek(
            "Feeds (Atom, RSS, JSON)",
            "Stond in de feeds zolang het openbaar was. Wie ze leest, is niet bekend.",
            "Het is uit de feeds verdwenen. Feedlezers bewaren soms een kopie; dat is niet terug te halen.",
        ),
        Plek(
            "Harvesters en sitemaps (open.overheid.nl en andere)",
            "Stond in de sitemaps zolang het openbaar was.",
            "Controleer open.overheid.nl op de titel. Vraag zo nodig verwijdering aan de beheerder van de zoekdienst (KOOP).",
        ),
        Plek(
            "Zips, exports en de API",
            "Wie een hele publicatie of zoekopdracht ophaalde, kan het hebben. Dit is niet per document geteld.",
            "Weet u wie dat deed, bijvoorbeeld een journalist? Vraag dan om de kopie te wissen.",
        ),
        Plek(
            "Browsers en tussenliggende caches",
            "Onze site laat bestanden niet zonder navraag bewaren (Cache-Control: no-cache).",
            "Staat er een cache of CDN voor de site? Leeg die dan.",
        ),
        Plek(
            "Eerdere versies van het document",
            _versions(int(of.get("versies") or 0)),
            "Staat het lek ook in een eerdere versie? Vernietigen neemt alle versies mee.",
        ),
        Plek(
            "Eigen back-ups",
            "Back-ups van voor de vernietiging bevatten het bestand.",
            "Na vernietiging zit het niet in nieuwe back-ups; een oude back-up die wordt teruggezet, vernietigt het opnieuw.",
        ),
    ]


def _search_engines() -> Plek:
    return Plek(
        "Zoekmachines (Google, Bing en andere)",
        "Onbekend welke het hebben opgenomen.",
        "Vraag spoedverwijdering: Google via Search Console (Verwijderingen), Bing via Webmaster Tools (URL's blokkeren). Het adres geeft al 410.",
    )


def _webhooks(hosts: list[str] | None) -> list[Plek]:
    if hosts is None:
        return [
            Plek(
                "Webhooks",
                "Onbekend: de gegevens van volgers waren niet te lezen.",
                "Maak dit blad later opnieuw.",
            )
        ]
    return [
        Plek(
            f"Webhook: {host}",
            "Kreeg bericht van de publicatie.",
            "Kreeg ook bericht van de intrekking. Vraag de beheerder of de kopie is gewist.",
        )
        for host in hosts
    ] or [Plek("Webhooks", "Er was geen ontvanger.", "Niets.")]


def _mail(most: int | None) -> Plek:
    if most is None:
        bekend = (
            "Onbekend hoeveel volgers bericht kregen: dat wordt 30 dagen bewaard, of het was niet te lezen."
        )
    else:
        bekend = f"Hoogstens {counted(most, 'volger', 'volgers')} kreeg bericht met titel en adres, nooit met het bestand."
    return Plek(
        "E-mailberichten aan volgers",
        bekend,
        "De titel kan in een mail staan. Een verstuurde mail is niet terug te halen.",
    )


def _versions(versies: int) -> str:
    if versies > 1:
        return f"Er zijn {versies} versies geweest. Alleen de laatste was op te halen."
    return "Er is één versie geweest." if versies == 1 else "Van een publicatie als geheel niet geteld."
