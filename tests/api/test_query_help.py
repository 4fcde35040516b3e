"""The page that explains the query language: every example means what the page says, and can be tried."""

import pytest
from lxml import html

from search_api.portal.query_help import topics
from tests.api.site import PublicSite
from woo.index.askable import askable
from woo.index.parse import parse

EXAMPLES = [example for topic in topics() for example in topic.voorbeelden]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.zoek)
def test_every_example_is_read_as_it_was_meant_and_its_link_works(site: PublicSite, example):
    parsed = parse(example.zoek)
    assert parsed.hints == ()
    assert askable(parsed, site.analysis) == parsed
    assert site.visitor.get(example.url).status_code == 200


def test_the_page_shows_every_example_and_is_linked_from_every_page(site: PublicSite):
    page = html.fromstring(site.visitor.get("/zoekhulp").text)
    links = {link.get("href"): link.text_content() for link in page.cssselect(".examples a")}
    assert links == {example.url: example.zoek for example in EXAMPLES}
    for path in ("/", "/publicaties", "/?zoek=niets", "/api"):
        assert "/zoekhulp" in html.fromstring(site.visitor.get(path).text).xpath("//a/@href")


def test_each_form_of_the_language_has_an_example():
    asked = " ".join(example.zoek for example in EXAMPLES)
    for form in ('"', "~10", "OR", "(", " -", "NIET", "*", "~", "titel:", "grond:", "datum:", ".."):
        assert form in asked
