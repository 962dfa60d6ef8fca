"""The officers' pages: one file each, with its style inside, for a phone as for a printer. Private, never served.

No script, no foreign request, and every text escaped: a page holds cells of delivered files.
"""

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from catalog.site import escaping_environment, stylesheet, words
from flows.desk.mending import SHOWN_ON_THE_PAGE, Mending
from schemas.messages import wording

STYLE = """
.wrong { background: var(--care-ground); color: var(--care); font-weight: 650; }
.row { margin-bottom: 1rem; }
.row h3 { margin-bottom: .4rem; }
.row dl { margin: .5rem 0; }
.row li { margin-bottom: .6rem; }
"""


def page(mending: Mending) -> str:
    """The page of one dataset's list."""
    return drawn(
        "mending.html", title=mending.contract.title.id, mending=mending, shown=mending.rows[:SHOWN_ON_THE_PAGE]
    )


def drawn(template: str, **facts: Any) -> str:
    """A page of the desk."""
    style = stylesheet().decode() + STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _environment().get_template(template).render(style=Markup(style), style_hash=digest, **facts)  # noqa: S704 our own sheet


@cache
def _environment() -> Environment:
    environment = escaping_environment("flows.desk")
    for function in (words.word, words.number, words.moment, words.written_day):
        environment.globals[function.__name__] = function
    environment.globals["say"] = lambda code, **names: wording(code, "id", **names)
    return environment
