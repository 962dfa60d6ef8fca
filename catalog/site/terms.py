"""Text -> the terms under which it is found. `scripts/search.js` reads a query by the very same rules."""

import re
import unicodedata

LONGEST = 32
"""Letters of a term; what is longer is found by its beginning."""

STOP_WORDS = frozenset(
    [
        "adalah",
        "agar",
        "atas",
        "atau",
        "bagi",
        "bahwa",
        "dalam",
        "dan",
        "dapat",
        "dari",
        "dengan",
        "di",
        "ialah",
        "ini",
        "itu",
        "karena",
        "ke",
        "oleh",
        "pada",
        "para",
        "per",
        "saat",
        "secara",
        "sebagai",
        "seperti",
        "serta",
        "setiap",
        "suatu",
        "telah",
        "tiap",
        "tidak",
        "untuk",
        "yaitu",
        "yang",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "each",
        "every",
        "for",
        "from",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "were",
        "which",
        "with",
    ]
)
"""Words that nearly every description holds: they tell no dataset from another."""

_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile("[a-z0-9\u0370-\u1fff\u3040-\ud7ff\uf900-\ufaff]+")


def terms(text: str) -> list[str]:
    """The terms of a text in their order: lower case, without accents, stop words and single letters."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    words = (word[:LONGEST] for word in _WORD.findall(plain))
    return [word for word in words if word not in STOP_WORDS and (len(word) > 1 or word in "0123456789")]
