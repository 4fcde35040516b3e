"""Strings that people, and programs that mean no good, may put in the search field; for the tests that try them all."""

from hypothesis import strategies as st

WORDS = "stikstof stikstofregistratie gemeenteraad woo-verzoek openbare norm de van het 5.1.2e 12-3-2023 Woo-2023/114 é a foto's besluit Ω हिन्दी".split()
"""Words that the texts below hold, or nearly."""

TEXTS = (
    "De stikstof daalt. Het besluit op het Woo-verzoek, artikel 5.1.2.e, noemt de open norm.",
    "De gemeenteraad besprak op 12 maart 2023 de stikstofregistratie en de foto's van het café.",
    "Zaak Woo-2023/114: openbare stukken, besluiten en brieven. Ω हिन्दी a b c a b.",
    "norm open de de de a a a van het van het stikstof stikstofnorm normering",
)
_FIELDS = ["titel:", "publisher:", "soort:", "grond:", "Titel:", "datum:", "onzin:"]
_DATES = ["2023", "2023-01..2023-06", "..2024", ">2023-03", "2023-13", "gisteren", "9999-12-31"]
_SIGNS = ['"', "“", "”", "'", "(", ")", "*", "~", "~1", "~99", "~999999999", "-", "--", "+", ":", "..", "OR", "AND", "NOT", "NIET", "OF", "\x00", "\u0301", "\ud800", "\u202e", "\u200b", "¶", "›", "𝔊", "\\", "/", "&", "%", "<b>", "{{", "[* TO *]"]  # fmt: skip

_word = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(WORDS).map(lambda word: word[:4]), st.text(max_size=8)
)
_phrase = st.lists(_word, min_size=1, max_size=8).map(lambda words: f'"{" ".join(words)}"')
_leaf = st.one_of(
    _word,
    st.tuples(_word, st.sampled_from(["*", "~", "~2"])).map("".join),
    _phrase,
    st.tuples(_phrase, st.integers(0, 120).map(lambda number: f"~{number}")).map("".join),
    st.tuples(st.sampled_from(_FIELDS), st.one_of(_word, _phrase)).map("".join),
    st.sampled_from(_DATES).map(lambda date: f"datum:{date}"),
)
_asked = st.recursive(
    _leaf,
    lambda inner: st.one_of(
        inner.map(lambda part: f"-({part})"),
        st.tuples(st.sampled_from(_FIELDS), inner).map(lambda pair: f"{pair[0]}({pair[1]})"),
        st.tuples(inner, st.sampled_from([" ", " OR ", " AND ", " NOT ", " -"]), inner).map("".join),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: f"({' '.join(parts)})"),
    ),
    max_leaves=25,
)
_many = st.tuples(_leaf, st.integers(1, 260), st.sampled_from([" ", " OR ", " -", "(", ")"])).map(
    lambda one: one[2].join([one[0]] * one[1])
)
_nested = st.tuples(st.integers(0, 40), st.sampled_from(["(", "-(", "titel:(", '("']), _leaf).map(
    lambda one: one[1] * one[0] + one[2] + ")" * one[0]
)
_broken = st.lists(st.one_of(st.sampled_from(_SIGNS), _leaf), max_size=30).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda joint: joint.join(parts))
)

queries = st.one_of(st.text(max_size=120), _broken, _asked, _asked, _many, _nested)
"""Any Unicode, signs in any order, well-formed questions, very many terms, and deep nesting."""
