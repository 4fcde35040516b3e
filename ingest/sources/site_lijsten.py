"""Which list pages of a site come next, and when a list has ended: by links or a pattern of addresses, never in circles."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from woo.oogst.regels import NUMMER

_MOST_BARREN = 50
"""List pages in a row that say they are empty, before the list is taken for one without end."""
Meld = Callable[[str, str], None]


@dataclass(eq=False)
class Lijst:
    """One list of a site: the page where it begins, the items seen in it, its pages, and how many of those in a row brought none."""

    begin: str
    gezien: set[str] = field(default_factory=set)
    bladen: int = 0
    kaal: int = 0


@dataclass(frozen=True, eq=False)
class Blad:
    """A page of a list; `nummer` counts the pages that a pattern made, 0 is the first page."""

    lijst: Lijst
    url: str
    nummer: int = 0


class Wandeling:
    """The way along the list pages of a source, each once; `meld` is told of what is not right (a kind, and the page).

    `onvolledig` is called with the reason when pages remain that were not looked at.
    """

    def __init__(
        self,
        begin: Sequence[str],
        volgende: Mapping[str, Any] | None,
        most: int,
        *,
        meld: Meld,
        onvolledig: Callable[[str], None],
    ) -> None:
        self._volgende = volgende or {}
        self._most = most
        self._meld = meld
        self._onvolledig = onvolledig
        self._te_doen = deque(Blad(Lijst(url), url) for url in map(_whole, begin))
        self._named = {blad.url for blad in self._te_doen}
        self._stopped = False
        self.aantal = 0

    @property
    def heeft_patroon(self) -> bool:
        """Whether the addresses of its pages follow a pattern, so that its end is a page without items."""
        return self._volgende.get("address") is not None

    def stop(self) -> None:
        """Ask for no more pages."""
        self._te_doen.clear()
        self._stopped = True

    def neem(self) -> Blad | None:
        """The next page to ask for; None where there is none now, or the limit is reached."""
        if self._stopped or not self._te_doen:
            return None
        blad = self._te_doen.popleft()
        if self.aantal >= self._most:
            self.stop()
            self._onvolledig("more list pages than limits.sitemaps allows")
            self._meld("endless_pages", blad.url)
            return None
        self.aantal += 1
        blad.lijst.bladen += 1
        return blad

    def gevolgd(self, blad: Blad, links: Sequence[str]) -> list[Blad]:
        """The pages that come after this one, also those that were seen before: by the pattern, else these links."""
        if not self.heeft_patroon:
            return [Blad(blad.lijst, url) for url in links]
        number = self._volgende["first"] + blad.nummer * self._volgende["step"]
        url = urljoin(blad.lijst.begin, self._volgende["address"].replace(NUMMER, str(number)))
        return [Blad(blad.lijst, url, blad.nummer + 1)]

    def verder(
        self, url: str, blad: Blad, verder: Sequence[Blad], *, rijen: int, nieuw: int, leeg: bool
    ) -> None:
        """Go on after a page (`url` is where it was in the end) with so many items, of which so many were not seen in its list.

        `leeg` tells that the page itself says there is nothing on it.
        """
        self._named.add(url)
        if rijen == 0 and not leeg and not blad.nummer:
            self._onvolledig(f"{url} has no item: the rule items finds nothing")
            self._meld("list:no_items", url)
            return
        if rijen == 0 and (self.heeft_patroon or not leeg):
            return
        blad.lijst.kaal = 0 if nieuw else blad.lijst.kaal + 1
        fresh = [each for each in verder if each.url not in self._named]
        if not fresh:
            self._turned(url, blad, verder)
        elif nieuw or (leeg and blad.lijst.kaal < _MOST_BARREN):
            self._named |= {each.url for each in fresh}
            self._te_doen.extendleft(reversed(fresh))
        elif not self.heeft_patroon:
            self._onvolledig(f"{url} brings nothing new, and its list goes on")
            self._meld("pages_repeat", url)
        elif blad.nummer == 1:
            self._meld("pages_repeat", url)

    def _turned(self, url: str, blad: Blad, verder: Sequence[Blad]) -> None:
        """A list whose last page names an earlier one as the next; of two pages it may be the link back."""
        if len(verder) == 1 and verder[0].url not in (url, blad.url) and blad.lijst.bladen > 2:
            self._meld("pages_loop", url)


def _whole(url: str) -> str:
    """An address as links to it are made whole: with a path, without a fragment."""
    bare = urldefrag(url)[0]
    return (
        bare if urlsplit(bare).path else urljoin(bare, "/") + bare.partition("?")[1] + bare.partition("?")[2]
    )
