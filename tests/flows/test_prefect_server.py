"""A real Prefect server and worker: deployments come with their schedules, and a run ends in a release.

With one wrong pin Prefect schedules nothing and says nothing (FACTS), so the scheduled runs are looked at.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from catalog.shelf import read_pointer

REPOSITORY = Path(__file__).resolve().parents[2]
PREFECT = Path(sys.executable).parent / "prefect"
PATIENCE_SECONDS = 150
STOPPING_SECONDS = 10


@dataclass(frozen=True)
class Server:
    """A running server with the demo's deployments: its API, the environment of its commands, its public zone."""

    api: str
    environment: dict[str, str]
    public: Path

    def ask(self, path: str, **query: Any) -> Any:
        """The server's answer; a busy database makes it say 503, and Prefect's own client asks again too."""
        said = eventually(lambda: [httpx.post(f"{self.api}/{path}", json=query, timeout=30).raise_for_status().json()])
        return said[0]

    def prefect(self, *words: str) -> None:
        done = subprocess.run(
            [PREFECT, *words], env=self.environment, cwd=REPOSITORY, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr


def eventually(look: Callable[[], Any]) -> Any:
    """The first answer of `look` that says something, asked for again until patience ends."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            found = look()
        except httpx.HTTPError:
            found = None
        if found:
            return found
        time.sleep(0.5)
    pytest.fail(f"nothing came of it within {PATIENCE_SECONDS} s")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("prefect")
    port = free_port()
    inbox = folder / "inbox" / "palu" / "setda"
    inbox.mkdir(parents=True)
    shutil.copy(REPOSITORY / "samples" / "open" / "idn-area" / "palu" / "villages.csv", inbox / "kelurahan.csv")
    environment = os.environ | {
        "PREFECT_HOME": str(folder / "home"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PALU_INBOX": str(folder / "inbox"),
        "PALU_PUBLIC": str(folder / "public"),
        "PALU_PRIVATE": str(folder / "var"),
    }
    found = Server(f"http://127.0.0.1:{port}/api", environment, folder / "public")
    with running(["server", "start", "--port", str(port)], found, folder / "server.log"):
        eventually(lambda: httpx.get(f"{found.api}/health").is_success)
        found.prefect("work-pool", "create", "kota", "--type", "process", "--overwrite")
        found.prefect("--no-prompt", "deploy", "--all")
        with running(["worker", "start", "--pool", "kota", "--type", "process"], found, folder / "worker.log"):
            yield found


class running:  # noqa: N801 a context manager that reads as a verb
    """A Prefect command that goes on until the block ends."""

    def __init__(self, words: list[str], server: Server, log: Path) -> None:
        self.words, self.server, self.log = words, server, log

    def __enter__(self) -> None:
        self.process = subprocess.Popen(
            [PREFECT, *self.words],
            env=self.server.environment,
            cwd=REPOSITORY,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
        )

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("city", "zone"), [("palu", "Asia/Makassar"), ("jambi", "Asia/Jakarta")], ids=["palu", "jambi"]
)
def test_every_city_is_scheduled_at_half_past_six_on_its_own_clock(server: Server, city: str, zone: str) -> None:
    runs = eventually(lambda: scheduled(server, city))
    hours = {datetime.fromisoformat(run["expected_start_time"]).astimezone(ZoneInfo(zone)) for run in runs}
    assert {(hour.hour, hour.minute) for hour in hours} == {(6, 30)}


def scheduled(server: Server, city: str) -> list[Any]:
    deployment = deployed(server, city)
    return list(
        server.ask(
            "flow_runs/filter",
            deployments={"id": {"any_": [deployment["id"]]}},
            flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}},
        )
    )


def deployed(server: Server, city: str) -> Any:
    return server.ask("deployments/filter", deployments={"name": {"any_": [city]}})[0]


def test_the_officers_form_is_in_indonesian(server: Server) -> None:
    form = deployed(server, "palu")["parameter_openapi_schema"]["properties"]
    assert {field["title"] for field in form.values()} == {"Kota", "Dataset yang diterbitkan sekarang"}
    assert "jatuh tempo" in form["datasets"]["description"]


def test_the_ppids_form_shows_counts_and_asks_whether_they_were_read(server: Server) -> None:
    form = deployed(server, "persetujuan")["parameter_openapi_schema"]["properties"]
    assert [field["title"] for field in form.values()] == [
        "Kota",
        "Dataset",
        "Nama pejabat PPID",
        "Jabatan",
        "Saya sudah membaca ringkasan",
    ]
    assert scheduled(server, "persetujuan") == []


APPROVED = {"city": "palu", "dataset": "kelurahan", "official": "Budi", "office": "PPID Utama"}


@pytest.mark.parametrize(
    ("answers", "end", "said"),
    [
        ({}, "COMPLETED", "Belum ada persetujuan yang dicatat"),
        ({"read": True, "office": ""}, "FAILED", "memerlukan nama dan jabatan"),
        ({"read": True}, "COMPLETED", "Persetujuan untuk palu/kelurahan dicatat"),
        ({"read": True}, "COMPLETED", "Tidak ada yang menunggu persetujuan"),
    ],
    ids=["only looked at", "read by nobody in particular", "read and approved", "nothing left to approve"],
)
def test_the_form_approves_only_what_somebody_has_read(
    answers: dict[str, Any], end: str, said: str, server: Server
) -> None:
    deployment = deployed(server, "persetujuan")
    run = server.ask(f"deployments/{deployment['id']}/create_flow_run", parameters={**APPROVED, **answers})
    assert eventually(lambda: over(server, run["id"])) == end
    assert said in httpx.get(f"{server.api}/flow_runs/{run['id']}").json()["state"]["message"]
    told = json.dumps(server.ask("artifacts/filter", artifacts={"flow_run_id": {"any_": [run["id"]]}}))
    assert "Baris: 46 dibaca, 0 dikarantina" in told
    assert "Besusu" not in told


def test_a_chosen_dataset_is_published_by_the_worker(server: Server) -> None:
    deployment = deployed(server, "palu")
    run = server.ask(
        f"deployments/{deployment['id']}/create_flow_run", parameters={"cities": ["palu"], "datasets": ["kelurahan"]}
    )
    ended = eventually(lambda: over(server, run["id"]))
    assert ended == "COMPLETED"
    pointer = read_pointer(server.public, "palu")
    assert pointer is not None
    assert pointer.datasets["kelurahan"].current is not None
    artifact = server.ask("artifacts/filter", artifacts={"flow_run_id": {"any_": [run["id"]]}})
    told = json.dumps(artifact, ensure_ascii=False)
    assert "palu/kelurahan: terbit, 46 baris" in told
    assert "palu/datasets/kelurahan/index.html" in told


def over(server: Server, run: str) -> str | None:
    state = httpx.get(f"{server.api}/flow_runs/{run}").json()["state"]["type"]
    return state if state in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None
