"""The only reader of the environment: where things stand, and the secrets that connect to sources."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from schemas.contracts import Language
from schemas.errors import OperatorError

CONNECTIONS = "connections.env"
"""A private file of `NAME=value` lines, for the settings that a worker's environment does not hold."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders that a run works with. `contracts` holds a folder a city."""

    contracts: Path
    inbox: Path
    public: Path
    private: Path


def places(
    contracts: Path | None = None,
    inbox: Path | None = None,
    public: Path | None = None,
    private: Path | None = None,
) -> Places:
    """What was asked for, else what the environment says, else the folders of this repository."""
    repository = Path(__file__).resolve().parent.parent
    return Places(
        contracts=_chosen(contracts, "PALU_CONTRACTS", repository / "schemas" / "cities"),
        inbox=_chosen(inbox, "PALU_INBOX", Path("inbox")),
        public=_chosen(public, "PALU_PUBLIC", Path("public")),
        private=_chosen(private, "PALU_PRIVATE", Path("var")),
    )


def _chosen(asked: Path | None, variable: str, default: Path) -> Path:
    stated = os.environ.get(variable)
    return (asked or (Path(stated) if stated else default)).absolute()


def language(asked: str | None) -> Language:
    """The language that a person reads; Indonesian unless another is asked for."""
    return "en" if (asked or os.environ.get("PALU_LANG")) == "en" else "id"


def ledger_address(private: Path) -> str:
    """The ledger's SQLAlchemy URL: SQLite beside the private files, or PostgreSQL where it is shared."""
    return os.environ.get("PALU_LEDGER", f"sqlite:///{private / 'ledger.db'}")


def connection(name: str, private: Path) -> str:
    """The secret setting `name`; OperatorError where nobody has set it."""
    value = os.environ.get(name) or _written_down(private / CONNECTIONS).get(name)
    if not value:
        raise OperatorError("setting_missing", setting=name, file=str(private / CONNECTIONS))
    return value


def _written_down(file: Path) -> Mapping[str, str]:
    if not file.exists():
        return {}
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def prefect_home(private: Path) -> None:
    """Prefect's own folder and manners, set before it is imported: private, quiet, without telemetry."""
    home = private / "prefect"
    defaults = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    if os.environ["PREFECT_HOME"] == str(home):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
