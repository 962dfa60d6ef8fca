"""Debian's Chromium, as every test of pages starts it: one a process, since Playwright allows no second."""

from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
