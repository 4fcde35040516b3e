"""What a document is about, in a few words: those that it uses most and that are not of every letter."""

import re
from collections import Counter

from ingest.metadata.tekst import Tekst
from woo.domain.document import Voorstel

_WORD = re.compile(r"[^\W\d_]{6,30}(?:-[^\W\d_]{3,30})?")
_MOST_TEXT = 20_000
_LEAST = 4
_MOST_WORDS = 5
_SURE = 0.5
_EVERYWHERE = frozenset(
    """
    aangaande aangegeven aanhef aantal aanvraag aanwezig aanleiding achterwege algemene alleen amsterdam ander andere anderen artikel artikelen
    bedoeld bedrijf behandeld behandeling belang belangen beroep beslissen beslissing besloten besluit besluiten bestuur bestuurlijke bestuursorgaan
    betreffende betrekking betreft betrokken bevatten bevoegd bezwaar bezwaarschrift bijlage bijlagen binnen brieven buiten bureau college daarin
    daarmee daarnaast daarom daarvan datgene dergelijke derhalve derden desbetreffende directeur directie directoraat document documenten dossier
    eerbiediging eerste enkele elkaar ervoor geachte gedaan gedeelte gedeeltelijk gegeven gegevens gehouden gemaakt gemeente genoemd genoemde gevallen
    gevraagd gevraagde geweest gezien hebben helaas hierbij hierin hiermee hierover hoofdstuk hoogachtend informatie ingediend ingevolge inhoud
    inventaris inventarislijst inzake kenmerk krachtens kunnen levenssfeer lichten maakt maanden mailbericht mededeling medewerker medewerkers
    meerdere minister ministerie moeten mogelijk namelijk namens nederland nederlandse noodzakelijk nummer onderdeel onderhavige onderstaande onderwerp
    ontvangen ontvangst onevenredige openbaar openbaarheid openbaarmaking openbaarmaken opgenomen opzichte overeenkomstig overheid overige overwegingen
    overzicht pagina passages persoonlijke personen persoonsgegevens postbus procedure publieke reactie rechtbank reeds referentie reikwijdte rijksdienst
    secretaris september schriftelijk schriftelijke sprake staatssecretaris stukken telefoon telefoonnummer termijn tevens tussen tweede uiteraard
    uitsluitend uitvoering verder verband verdaagd verklaring vermeld verschillende verstrekken verstrekt vervolgens verzoek verzoeken verzonden
    verzocht volgende volledig voldoende voordat vragen waarbij waarin waarop waarvan wanneer website wegens weigeren weigering welke werden wettelijk
    wettelijke worden zaaknummer zelfde zienswijze zienswijzen zodanig zoeken zonder zouden zullen december januari februari augustus oktober november
    """.split()
)


def onderwerp(tekst: Tekst) -> list[Voorstel]:
    """Suggest up to five words that stand at least four times in a Dutch text; never sure, since it is counting only."""
    text = "\n".join(tekst.pages[:100])[:_MOST_TEXT]
    counts = Counter(word for word in _WORD.findall(text) if word.islower() and word not in _EVERYWHERE)
    chosen = [word for word, count in counts.most_common(_MOST_WORDS) if count >= _LEAST]
    return [Voorstel("onderwerp", word, _SURE, "tekst:woorden") for word in chosen]
