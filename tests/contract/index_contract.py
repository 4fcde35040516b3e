"""What every index has to do, whatever engine is under it; the fake keeps to it too."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.contract.index_entries import ask, document, fill, found, publicatie, walk
from tests.contract.index_finding import FindingContract
from tests.contract.index_helping import HelpingContract
from woo.domain.errors import InvalidValue
from woo.index.cursor import after
from woo.index.parse import parse
from woo.index.port import Excluded, FacetCount, PageEntry
from woo.index.query import FILTERS, DateRange, Filters, SearchQuery, Soort, Sortering


class SearchIndexContract(FindingContract, HelpingContract):
    """Subclasses give an empty index as the fixture `index`."""

    def test_filters_must_all_hold_and_values_of_one_filter_mean_or(self, index):
        fill(
            index,
            document("a", publisher="gm1", documentsoort="s1", formaat="pdf"),
            document("b", publisher="gm2", documentsoort="s1", formaat="docx"),
            document("c", publisher="gm2", documentsoort="s2", informatiecategorieen=("c1", "c2")),
        )
        assert found(index, filters=Filters({"publisher": ("gm1", "gm2")})) == {"a", "b", "c"}
        assert found(index, filters=Filters({"publisher": ("gm2",), "documentsoort": ("s1",)})) == {"b"}
        assert found(index, filters=Filters({"informatiecategorie": ("c2",)})) == {"c"}
        assert found(index, filters=Filters({"formaat": ("pdf",), "jaar": ()})) == {"a"}
        assert index.count(Filters({"publisher": ("gm2",)})) == 2

    def test_province_and_kind_of_body_are_filters_and_facets_of_documents_and_publicaties(self, index):
        fill(
            index,
            document("a", publisher="gm1", provincie="pv23", soort_organisatie="gemeente"),
            document("b", publisher="pv23", provincie="pv23", soort_organisatie="provincie"),
            document("c", publisher="gm3", provincie="pv28", soort_organisatie="gemeente"),
            document("d", publisher="ws1"),
            publicatie("p", provincie="pv23", soort_organisatie="gemeente"),
        )
        assert found(index, filters=Filters({"provincie": ("pv23",)})) == {"a", "b"}
        assert found(index, filters=Filters({"provincie": ("pv28", "onbekend")})) == {"c", "d"}
        both = Filters({"provincie": ("pv23",), "soortOrganisatie": ("gemeente",)})
        assert found(index, filters=both) == {"a"}
        assert found(index, filters=both, soort=Soort.PUBLICATIE) == {"p"}
        answer = ask(index, filters=both, facetten=("provincie", "soortOrganisatie"))
        assert {each.waarde: each.aantal for each in answer.facetten["provincie"]} == {"pv23": 1, "pv28": 1}
        assert {each.waarde: each.aantal for each in answer.facetten["soortOrganisatie"]} == {
            "gemeente": 1,
            "provincie": 1,
        }

    def test_themes_are_filters_and_facets_of_documents_and_publicaties(self, index):
        fill(
            index,
            document("a", themas=("afval", "energie")),
            document("b", themas=("energie",)),
            document("c"),
            publicatie("p", themas=("afval",)),
        )
        assert found(index, filters=Filters({"thema": ("energie",)})) == {"a", "b"}
        assert found(index, filters=Filters({"thema": ("afval",)}), soort=Soort.PUBLICATIE) == {"p"}
        answer = ask(index, facetten=("thema",))
        assert {each.waarde: each.aantal for each in answer.facetten["thema"]} == {"afval": 1, "energie": 2}

    def test_date_filters_include_both_ends_and_leave_out_what_has_no_date(self, index):
        days = {"a": date(2023, 1, 1), "b": date(2023, 6, 30), "c": date(2023, 7, 1), "d": None}
        fill(index, *(document(id, creatiedatum=day) for id, day in days.items()))
        half = DateRange(date(2023, 1, 1), date(2023, 6, 30))
        assert found(index, filters=Filters(creatiedatum=half)) == {"a", "b"}
        assert found(index, filters=Filters(creatiedatum=DateRange(date(2023, 6, 30), None))) == {"b", "c"}
        assert found(index, filters=Filters(creatiedatum=DateRange(None, None))) == {"a", "b", "c", "d"}
        assert found(index, filters=Filters(publicatiedatum=DateRange(None, date(2023, 4, 30)))) == set()
        assert index.count(Filters(publicatiedatum=DateRange(date(2023, 5, 1), date(2023, 5, 1)))) == 4

    def test_what_an_inventory_says_is_filtered_on_and_counted(self, index):
        fill(
            index,
            document("a", gronden=("5.1.2.e", "5.1.2.i"), beoordelingen=("deels_openbaar",)),
            document("b", gronden=("5.1.2.e",), beoordelingen=("niet_openbaar",), beschikbaar=False),
            document("c", "Nota", "gelakt op grond van artikel 5.1, tweede lid, onder i, van de Woo"),
        )
        asked = {"grond": ("5.1.2.i",), "beoordeling": ("deels_openbaar", "niet_openbaar")}
        assert found(index, filters=Filters(asked)) == {"a"}
        assert found(index, filters=Filters({"grondGenoemd": ("5.1.2.i",)})) == {"c"}
        assert found(index, filters=Filters({"beschikbaar": ("nee",)})) == {"b"}
        names = ("grond", "grondGenoemd", "beoordeling", "beschikbaar")
        assert ask(index, facetten=names).facetten == {
            "grond": (FacetCount("5.1.2.e", 2), FacetCount("5.1.2.i", 1)),
            "grondGenoemd": (FacetCount("5.1.2.i", 1),),
            "beoordeling": (FacetCount("deels_openbaar", 1), FacetCount("niet_openbaar", 1)),
            "beschikbaar": (FacetCount("ja", 2), FacetCount("nee", 1)),
        }

    def test_a_ground_is_found_where_it_is_applied_or_named(self, index):
        fill(
            index,
            document("a", gronden=("5.1.2.e",), gronden_namen=("Persoonlijke levenssfeer",)),
            document("b", "Nota", "weggelakt: 5.1.2e", "raad"),
            document("c", "Nota", "paragraaf 5.1.2"),
        )
        assert found(index, "grond:5.1.2e") == {"a", "b"}
        assert found(index, "grond:5.1.2") == {"a", "c"}
        assert found(index, 'grond:"persoonlijke levenssfeer"') == {"a"}
        assert found(index, "5.1.2e -grond:5.1.2e") == set()
        assert found(index, "raad grond:(5.1.2e OR 5.1.2i)") == {"b"}
        assert [page.nummer for page in ask(index, "grond:5.1.2e").hits[0].paginas] in ([], [1])
        assert index.pages_with_hits("b", parse("grond:5.1.2e").node) == (1,)

    def test_documents_with_unreadable_pages_can_be_asked_for(self, index):
        fill(index, document("a", onleesbaar=2), document("b"))
        assert found(index, filters=Filters(onleesbaar=True)) == {"a"}

    def test_facets_are_complete_and_leave_out_their_own_filter(self, index):
        fill(
            index,
            *(document(f"d{n}", "Nota", "raad", publisher=f"gm{n:03}") for n in range(150)),
            document(
                "x",
                "Nota",
                "raad",
                publisher="gm001",
                informatiecategorieen=("c1", "c2", "c1"),
                creatiedatum=date(2021, 5, 5),
            ),
            document("y", "Nota", "natuur", publisher="gm001"),
        )
        own = Filters({"publisher": ("gm001",)})
        answer = ask(
            index, "raad", filters=own, facetten=("publisher", "informatiecategorie", "jaar", "documentsoort")
        )
        assert answer.totaal == 2
        assert len(answer.facetten["publisher"]) == 150
        assert answer.facetten["publisher"][:2] == (FacetCount("gm001", 2), FacetCount("gm000", 1))
        assert answer.facetten["informatiecategorie"] == tuple(
            FacetCount(c, 1) for c in ("c1", "c2", "c_3baef532")
        )
        assert answer.facetten["jaar"] == (FacetCount("2021", 1),)
        assert answer.facetten["documentsoort"] == ()

    @pytest.mark.parametrize("where", ["filter", "facet"])
    def test_an_unknown_filter_or_facet_is_refused_with_the_accepted_ones(self, index, where):
        asked = {"filters": Filters({"kleur": ("rood",)})} if where == "filter" else {"facetten": ("kleur",)}
        with pytest.raises(InvalidValue) as refused:
            ask(index, **asked)
        assert refused.value.accepted == FILTERS

    def test_a_page_comes_back_with_the_name_of_its_part(self, index):
        pages = (PageEntry(1, "de raad", "Blad Raad, rijen 1-200"), PageEntry(2, "de raad"))
        fill(index, replace(document("a"), pages=pages))
        [hit] = ask(index, "raad").hits
        assert {page.nummer: page.label for page in hit.paginas} == {1: "Blad Raad, rijen 1-200", 2: None}

    @pytest.mark.parametrize("asked", [{"aantal": 0}, {"aantal": 1001}, {"paginas": -1}])
    def test_an_impossible_page_size_is_refused(self, index, asked):
        with pytest.raises(InvalidValue):
            ask(index, **asked)

    def test_what_is_excluded_is_in_no_hit_total_or_facet(self, index):
        fill(
            index,
            document("a", "Nota", "raad", publisher="gm1"),
            document("b", "Nota", "raad", publisher="gm2"),
            document("c", "Nota", "raad", publisher="gm1", publicatie_id="p2"),
            publicatie("p1"),
            publicatie("p2"),
        )
        out = Excluded(frozenset({"a", "onbekend"}), frozenset({"p2"}))
        answer = ask(index, "raad", facetten=("publisher", "publicatie"), excluded=out)
        assert answer.totaal == 1
        assert [hit.id for hit in answer.hits] == ["b"]
        assert answer.facetten["publisher"] == (FacetCount("gm2", 1),)
        assert answer.facetten["publicatie"] == (FacetCount("p1", 1),)
        assert index.count(Filters(), excluded=out) == 1
        assert found(index, soort=Soort.PUBLICATIE, excluded=out) == {"p1"}

    def test_documents_and_publicaties_with_the_same_id_do_not_touch_each_other(self, index):
        fill(index, document("x", "Nota", "raad"), publicatie("x", "Besluit"))
        assert found(index, excluded=Excluded(documenten=frozenset({"x"})), soort=Soort.PUBLICATIE) == {"x"}
        index.delete(publicaties=["x"])
        index.commit()
        assert (found(index), found(index, soort=Soort.PUBLICATIE)) == ({"x"}, set())

    def test_an_upsert_replaces_the_whole_entry_with_its_pages(self, index):
        fill(index, document("d", "Nota", "raad", "raad", "raad"))
        fill(index, document("d", "Nota", "natuur", "raad"))
        assert ask(index, "raad").hits[0].aantal_paginas == 1
        assert index.pages_with_hits("d", parse("raad OR natuur").node) == (1, 2)
        assert index.count(Filters()) == 1

    def test_the_last_of_two_upserts_in_one_commit_stands(self, index):
        fill(index, document("d", "Nota", "raad"), document("d", "Nota", "natuur"))
        assert (found(index, "raad"), found(index, "natuur")) == (set(), {"d"})

    def test_a_deleted_document_is_gone_with_its_pages(self, index):
        fill(index, document("d", "Nota", "raad"), document("e", "Nota", "raad"))
        index.delete(documenten=["d", "onbekend"])
        index.commit()
        assert found(index, "raad") == {"e"}
        assert index.pages_with_hits("d", parse("raad").node) == ()
        assert index.ids() == Excluded(frozenset({"e"}))

    def test_nothing_is_seen_before_the_commit(self, index):
        fill(index, document("a"))
        index.upsert([document("b")])
        index.delete(documenten=["a"])
        index.refresh()
        assert found(index) == {"a"}
        assert index.ids().documenten == {"a"}
        index.commit()
        assert found(index) == {"b"}

    def test_ids_names_every_document_and_publicatie(self, index):
        fill(index, document("a", "Nota", "x"), document("b"), publicatie("p"))
        assert index.ids() == Excluded(frozenset({"a", "b"}), frozenset({"p"}))

    @pytest.mark.parametrize("order", list(Sortering))
    def test_the_cursor_walks_over_every_hit_exactly_once_in_every_order(self, index, order):
        entries = [
            document(
                f"d{n:02}",
                ("Nota", "bijlage 10", "Bijlage 2", "Éen")[n % 4],
                "raad " * (n % 3 + 1),
                volgnummer=n % 5,
                creatiedatum=None if n % 3 == 0 else date(2023, 1, n % 4 + 1),
                publicatiedatum=datetime(2023, 1, 1, n % 3, tzinfo=UTC),
            )
            for n in range(23)
        ]
        fill(index, *entries)
        whole = [hit.id for hit in ask(index, "raad", sortering=order, aantal=100).hits]
        assert len(set(whole)) == 23
        for size in (1, 5, 23):
            assert walk(index, "raad", sortering=order, aantal=size) == whole

    @pytest.mark.parametrize("order", [order for order in Sortering if order is not Sortering.RELEVANTIE])
    def test_a_walk_can_go_on_behind_any_hit(self, index, order):
        fill(index, *(document(f"d{n}", f"Nota {n % 3}", "raad", volgnummer=n % 2) for n in range(7)))
        query = SearchQuery(zoek=parse("raad").node, sortering=order, aantal=7)
        hits = index.search(query).hits
        for place, hit in enumerate(hits):
            rest = index.search(replace(query, na=after(hit.sleutel, query))).hits
            assert [one.id for one in rest] == [one.id for one in hits[place + 1 :]]

    def test_a_hit_in_order_of_relevance_has_no_key(self, index):
        fill(index, document("a", "Nota", "raad"))
        assert [hit.sleutel for hit in ask(index, "raad", sortering=Sortering.RELEVANTIE).hits] == [None]

    def test_the_orders_are_those_of_their_names(self, index):
        fill(
            index,
            document(
                "a",
                "Bijlage 10",
                volgnummer=10,
                creatiedatum=date(2022, 1, 1),
                publicatiedatum=datetime(2023, 1, 3, tzinfo=UTC),
            ),
            document(
                "b",
                "bijlage 2",
                volgnummer=9,
                creatiedatum=None,
                publicatiedatum=datetime(2023, 1, 2, tzinfo=UTC),
            ),
            document(
                "c",
                "Áárde",
                volgnummer=1,
                creatiedatum=date(2021, 1, 1),
                publicatiedatum=datetime(2023, 1, 1, tzinfo=UTC),
            ),
        )
        orders = {order: "".join(walk(index, sortering=order)) for order in Sortering}
        assert orders == {
            Sortering.RELEVANTIE: "abc",
            Sortering.PUBLICATIEDATUM_AF: "abc",
            Sortering.PUBLICATIEDATUM: "cba",
            Sortering.CREATIEDATUM_AF: "acb",
            Sortering.CREATIEDATUM: "cab",
            Sortering.TITEL: "cba",
            Sortering.VOLGNUMMER: "cba",
        }

    @pytest.mark.parametrize("order", [order for order in Sortering if order is not Sortering.RELEVANTIE])
    def test_a_walk_keeps_what_stays_while_others_come_and_go(self, index, order):
        fill(index, *(document(f"d{n}", f"Nota {n}", volgnummer=n) for n in range(10)))

        def change():
            index.upsert([document("d00", "Nota 0", volgnummer=0), document("z", "Zeta", volgnummer=99)])
            index.delete(documenten=["d5"])
            index.commit()

        ids = walk(index, sortering=order, aantal=3, change=change)
        assert len(ids) == len(set(ids))
        assert set(ids) >= {f"d{n}" for n in range(10) if n != 5}

    def test_the_total_does_not_change_from_page_to_page(self, index):
        fill(index, *(document(f"d{n}", "Nota", "raad") for n in range(7)))
        for order in Sortering:
            first = ask(index, "raad", sortering=order, aantal=3)
            assert (
                ask(index, "raad", sortering=order, aantal=3, na=first.volgende).totaal == first.totaal == 7
            )

    @pytest.mark.parametrize(
        "na", ["", "x", "é", "W10", "WyJhIiwxXQ", "bnVsbA", "A" * 5000, '["a",1]', "W" * 3]
    )
    def test_a_cursor_that_is_not_ours_is_refused(self, index, na):
        with pytest.raises(InvalidValue):
            ask(index, na=na)

    def test_a_cursor_of_another_question_is_refused(self, index):
        fill(index, *(document(f"d{n}", "Nota", "raad natuur") for n in range(5)))
        na = ask(index, "raad", aantal=2).volgende
        assert ask(index, "raad", aantal=4, na=na).hits
        for other in (
            {"zoek": "natuur"},
            {"zoek": "raad", "sortering": Sortering.TITEL},
            {"zoek": "raad", "filters": Filters({"formaat": ("pdf",)})},
        ):
            with pytest.raises(InvalidValue):
                ask(index, na=na, **other)

    def test_strange_texts_ids_and_values_are_taken_as_they_are(self, index):
        strange = ['a"b) OR (*', "id met spatie", "é\u0000x", "{x TO y}", "a:b/c", "'"]
        fill(
            index,
            *(document(id, f"titel {id}", f"raad {id} \ud800", formaat=id, volgnummer=1) for id in strange),
        )
        assert found(index, "raad") == set(strange)
        for order in Sortering:
            assert sorted(walk(index, "raad", sortering=order, aantal=1)) == sorted(strange)
        for id in strange:
            assert found(index, filters=Filters({"formaat": (id,)})) == {id}
            assert index.pages_with_hits(id, parse("raad").node) == (1,)
        index.delete(documenten=strange)
        index.commit()
        assert index.count(Filters()) == 0

    def test_a_very_long_word_and_title_are_taken(self, index):
        fill(index, document("d", "x" * 100_000, "y" * 100_000 + " raad"))
        assert found(index, "raad") == {"d"}
        assert walk(index, sortering=Sortering.TITEL) == ["d"]

    def test_a_search_without_words_lists_the_newest_first(self, index):
        fill(
            index,
            *(document(f"d{n}", publicatiedatum=datetime(2020 + n, 1, 1, tzinfo=UTC)) for n in range(3)),
        )
        assert walk(index, aantal=1) == ["d2", "d1", "d0"]
        assert walk(index, "-raad", aantal=1) == ["d2", "d1", "d0"]
