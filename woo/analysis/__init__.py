"""The Dutch analysis: tokens with offsets, stems, compounds and codes, and the marking of what was found."""

from woo.analysis.dutch import ANALYSIS_VERSION, DutchAnalysis, Streams, Token
from woo.analysis.fragments import Fragment
from woo.analysis.highlighter import Highlighter
from woo.analysis.wanted import Sequence, Wanted

__all__ = [
    "ANALYSIS_VERSION",
    "DutchAnalysis",
    "Fragment",
    "Highlighter",
    "Sequence",
    "Streams",
    "Token",
    "Wanted",
]
