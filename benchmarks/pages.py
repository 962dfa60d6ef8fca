"""Lighthouse's four scores for the demo's home page and a dataset's page: `python -m benchmarks.pages ADDRESS`.

ADDRESS is where the demo is served: `make publish`, then `palu serve`. Speed is what Lighthouse simulates for a phone
on a slow connection; run it on an idle machine.
"""

import sys

from tests.browser.lighthouse_scores import scores

PAGES = ("palu/index.html", "palu/datasets/titik-parkir/index.html", "palu/datasets/transaksi-parkir/index.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main(address: str) -> None:
    for page in PAGES:
        found = scores(f"{address.rstrip('/')}/{page}", CATEGORIES)
        print(f"{page}: {', '.join(f'{name} {points}' for name, points in found.points.items())}")
        for name, audits in found.lost.items():
            if audits:
                print(f"  {name}: {', '.join(audits)}")


if __name__ == "__main__":
    main(sys.argv[1])
