"""The options that several verbs share, each written once; what they say is `Bahasa Indonesia / English`."""

from pathlib import Path
from typing import Annotated

import typer

Dataset = Annotated[str, typer.Argument(metavar="DATASET", help="Nama dataset. / The dataset's name.")]
Datasets = Annotated[
    list[str] | None,
    typer.Argument(metavar="DATASET", help="Nama dataset; tanpa nama berarti semua. / Their names; none means all."),
]
File = Annotated[Path, typer.Argument(metavar="BERKAS / FILE", help="Berkas dari dinas. / The department's file.")]
Cities = Annotated[
    list[str] | None,
    typer.Option("--city", metavar="KOTA / CITY", help="Kode kota, misalnya palu. / A city's code, such as palu."),
]
Contracts = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Folder kontrak: <kota>/city.yaml. / The contracts' folder: <city>/city.yaml."),
]
Inbox = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Folder berkas dinas. / The folder of departments' files.")
]
Public = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Folder katalog publik. / The catalog's folder.")]
Private = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Folder tertutup. / The folder of private files.")]
Sheet = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAMA / NAME",
        help="Lembar atau tabel, seperti disebut palu look. / Sheet or table, as palu look names it.",
    ),
]
Member = Annotated[
    str | None,
    typer.Option("--member", metavar="NAMA / NAME", help="Berkas di dalam arsip zip. / The file in a zip archive."),
]
