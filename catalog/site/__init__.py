"""The public pages: plain HTML in Bahasa Indonesia that any folder, web server or memory stick serves.

Pure: what was published comes in, text goes out. No script, no foreign host, no reading of data files.
"""

from .pages import (
    city_page,
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
    "stylesheet",
    "withdrawn_page",
]
