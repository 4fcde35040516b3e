"""The house styles that come with the site: enough contrast in light and dark, whatever tokens they set."""

import re
from pathlib import Path

import pytest

from woo.settings import SettingsError, config_folder, load_settings
from woo.views.look import checked_theme, sheets, theme_classes

THEMES = sorted(path.stem for path in (config_folder() / "themes").glob("*.css"))
SITE_CSS = sheets(None)["site.css"].content.decode()
_RULE = re.compile(r"(@media \(prefers-color-scheme: dark\)\s*\{\s*)?(:root|\.[a-z-]+-theme)\s*\{([^}]*)\}")
_TOKEN = re.compile(r"(--[a-z0-9-]+)\s*:\s*([^;]+);")

TEXT = 4.5
"""Contrast of text, WCAG 2.2 success criterion 1.4.3."""

EDGE = 3.0
"""Contrast of the edges of fields and of the focus, success criterion 1.4.11."""

PAIRS = [
    *(("--woo-ink", ground, TEXT) for ground in ("--woo-paper", "--woo-ground")),
    *(("--woo-ink-soft", ground, TEXT) for ground in ("--woo-paper", "--woo-ground")),
    *(("--woo-heading", ground, TEXT) for ground in ("--woo-paper", "--woo-ground")),
    *(("--woo-link", ground, TEXT) for ground in ("--woo-paper", "--woo-ground")),
    *(("--woo-warn", ground, TEXT) for ground in ("--woo-paper", "--woo-ground")),
    ("--woo-brand-ink", "--woo-brand", TEXT),
    ("--woo-header-ink", "--woo-header", TEXT),
    ("--woo-footer-ink", "--woo-footer", TEXT),
    ("--woo-mark-ink", "--woo-mark", TEXT),
    ("--woo-focus-ink", "--woo-focus", TEXT),
    *(("--woo-line-strong", ground, EDGE) for ground in ("--woo-paper", "--woo-ground")),
]


def tokens(css: str, *, dark: bool) -> dict[str, str]:
    """The tokens that style sheets set, in the order in which they apply."""
    found: dict[str, str] = {}
    for in_dark, _, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        if dark or not in_dark:
            found |= dict(_TOKEN.findall(body))
    return found


def colour(name: str, found: dict[str, str]) -> str:
    """What a token comes to: `var(--a, fallback)` followed to its end."""
    value = found[name].strip()
    while value.startswith("var("):
        first, _, fallback = value[4:-1].partition(",")
        value = found.get(first.strip(), fallback.strip())
    assert re.fullmatch(r"#[0-9a-f]{3}([0-9a-f]{3})?", value), (name, value)
    return value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, by the formula of WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(value: str) -> float:
    parts = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_is_measured_as_wcag_says():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("theme", ["", *THEMES])
def test_every_pair_of_colours_can_be_read(theme: str, dark: bool):
    css = (config_folder() / "themes" / f"{theme}.css").read_text("utf-8") if theme else ""
    found = tokens(SITE_CSS + css, dark=dark)
    too_low = {
        (ink, ground): round(contrast(colour(ink, found), colour(ground, found)), 2)
        for ink, ground, least in PAIRS
        if contrast(colour(ink, found), colour(ground, found)) < least
    }
    assert too_low == {}


def test_the_two_house_styles_differ_to_the_eye():
    neutral, other = (
        tokens(SITE_CSS + (config_folder() / "themes" / f"{theme}.css").read_text("utf-8"), dark=False)
        for theme in ("neutraal", "duinrade")
    )
    for name in ("--woo-brand", "--woo-header", "--woo-link", "--woo-paper"):
        assert colour(name, neutral) != colour(name, other)
    for name in ("--utrecht-document-font-family", "--utrecht-button-border-radius"):
        assert neutral[name] != other[name]


@pytest.mark.parametrize("theme", THEMES)
def test_a_house_style_sets_tokens_alone_and_names_its_class(theme: str):
    css = (config_folder() / "themes" / f"{theme}.css").read_text("utf-8")
    assert "--utrecht-" in checked_theme(css)
    found = sheets(config_folder() / "themes" / f"{theme}.css")
    assert theme_classes(found) == (() if theme == "neutraal" else (f"{theme}-theme",))


def test_a_theme_written_as_those_of_the_design_system_are_is_taken(tmp_path: Path):
    css = '.dorp-theme, .dorp-theme--groot {\n  --utrecht-button-font-size: 1.5rem;\n  --utrecht-ordered-list-type: "a.b-theme";\n}\n'
    (tmp_path / "dorp.css").write_text(css)
    assert theme_classes(sheets(tmp_path / "dorp.css")) == ("dorp-theme", "dorp-theme--groot")


def test_without_a_theme_there_is_no_class():
    assert theme_classes(sheets(None)) == ()


def test_a_theme_is_named_or_is_a_file(tmp_path: Path):
    (tmp_path / "eigen.css").write_text(":root {}")
    for given, path in (
        ("duinrade", config_folder() / "themes" / "duinrade.css"),
        ("eigen.css", tmp_path / "eigen.css"),
        ("", None),
    ):
        assert load_settings({"WOO_SITE__THEME": given}, cwd=tmp_path).site.theme == path


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("duinrad", "accepted is a theme of config/themes (duinrade, neutraal), or a CSS file that exists"),
        ("weg.css", "a file that exists is accepted here"),
    ],
)
def test_a_theme_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path, given: str, said: str):
    with pytest.raises(SettingsError) as caught:
        load_settings({"WOO_SITE__THEME": given}, cwd=tmp_path)
    [problem] = caught.value.problems
    assert str(problem) == f"variable WOO_SITE__THEME: site.theme: '{given}' was refused: {said}"
