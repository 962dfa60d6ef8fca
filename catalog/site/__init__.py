"""The public pages: plain HTML in Bahasa Indonesia that any folder, web server or memory stick serves.

Pure: what was published comes in, text goes out. No foreign host, no reading of data files.
"""

from .bundles import scripts
from .lists import city_page
from .pages import (
    dataset_page,
    escaping_environment,
    register_page,
    report_page,
    requests_page,
    root_page,
    stylesheet,
    withdrawn_page,
)

__all__ = [
    "city_page",
    "dataset_page",
    "escaping_environment",
    "register_page",
    "report_page",
    "requests_page",
    "root_page",
    "scripts",
    "stylesheet",
    "withdrawn_page",
]
