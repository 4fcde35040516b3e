"""Every kind of page of the public site, by a name: a page that is not in this list fails the test of the routes."""

from tests.api.site import PublicSite

QUERY = "zoek=stikstof+%22open+norm%22"


def paths(site: PublicSite) -> dict[str, str]:
    """Where each page is on the site of these tests."""
    document = "00000000-0000-4000-8000-000000000002"
    publicatie = "00000000-0000-4000-8000-000000000001"
    gone = next(iter(site.store.withdrawn()))
    by_title = {document.officiele_titel: document.id for document, _, _ in site.shown.values()}
    return {
        "start": "/",
        "zoeken": f"/?{QUERY}&jaar=2024",
        "niets": "/?zoek=(%22zonnewijzer",
        "viewer": f"/documenten/{document}?pagina=2&{QUERY}",
        "document zonder bestand": "/documenten/00000000-0000-4000-8000-000000000004",
        "begroting": f"/documenten/{by_title['Begroting']}?zoek=zwaluw",
        "delen": "/?zoek=zwaluw",
        "bericht": f"/documenten/{by_title['Bericht 2']}",
        "vage scan": f"/documenten/{by_title['Vage scan']}",
        "publicatie": f"/publicaties/{publicatie}",
        "publicaties": "/publicaties",
        "ingetrokken": f"/publicaties/{gone}",
        "niet gevonden": "/bestaat-niet",
        "verkeerde vraag": "/?jaar=20&creatiedatumVan=x",
        "toegankelijkheid": "/toegankelijkheid",
        "api": "/api",
    }
