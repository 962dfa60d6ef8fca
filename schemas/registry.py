"""[edge] Finds and loads the cities' contracts: `<folder>/<city>/city.yaml`, and every other YAML file below it.

Every fault of every file that was asked for is reported at once, with file and line.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.contracts import City, Contract, ContractField, Corrections
from schemas.contracts.loading import ContractError, Fault, Model, load
from schemas.errors import AuthorError
from schemas.register import REGISTER
from schemas.requests import unlisted

CITY_FILE = "city.yaml"
SUFFIXES = (".yaml", ".yml")
CORRECTIONS = ".corrections"
"""Before the suffix: `<dataset>.corrections.yaml` stands beside the contract, and is none."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A city and its contracts, by dataset id in alphabetical order."""

    city: City
    contracts: dict[str, Contract]


def load_cities(folder: Path, cities: tuple[str, ...] = ()) -> tuple[Registered, ...]:
    """The cities of `folder`, or those named; raises ContractError with all faults, AuthorError for an unknown city."""
    known = tuple(sorted(file.parent.name for file in folder.glob(f"*/{CITY_FILE}")))
    if not known:
        raise AuthorError("contracts_missing", folder=str(folder))
    for city in cities:
        if city not in known:
            raise AuthorError("city_unknown", city=city, known=", ".join(known), folder=str(folder))
    faults: list[Fault] = []
    loaded = [_city(folder, city, faults) for city in dict.fromkeys(cities or known)]
    if faults:
        raise ContractError(tuple(faults))
    return tuple(registered for registered in loaded if registered)


def chosen(registered: tuple[Registered, ...], datasets: tuple[str, ...]) -> list[tuple[City, Contract]]:
    """The contracts of the named datasets in every city that has them, or all; AuthorError for an unknown name."""
    known = sorted({name for one in registered for name in one.contracts})
    for name in datasets:
        if name not in known:
            nearest = difflib.get_close_matches(name, known, n=3) or known
            raise AuthorError("dataset_unknown", dataset=name, known=", ".join(nearest))
    return [
        (one.city, contract)
        for one in registered
        for name, contract in one.contracts.items()
        if not datasets or name in datasets
    ]


def the_one(registered: tuple[Registered, ...], dataset: str) -> tuple[City, Contract]:
    """The named dataset, of the one city that has it; AuthorError where there are several."""
    found = chosen(registered, (dataset,))
    if len(found) > 1:
        raise AuthorError("city_needed", dataset=dataset, cities=", ".join(city.id for city, _ in found))
    return found[0]


def load_contract(file: Path) -> Contract:
    """One contract file by itself."""
    return load(_text(file, file.name), file.name, Contract)


def contract_file(folder: Path, city: str, dataset: str) -> Path:
    """The file that states a dataset's contract, for whoever writes a decision into it."""
    for file in _contract_files(folder / city):
        if load_contract(file).id == dataset:
            return file
    raise AuthorError("contract_unreadable", file=f"{city}/{dataset}")


def _city(folder: Path, name: str, faults: list[Fault]) -> Registered | None:
    root = folder / name
    city = _loaded(root / CITY_FILE, folder, City, faults)
    if city is not None and city.id != name:
        faults.append(Fault(f"{name}/{CITY_FILE}", 1, "city_folder", {"city": city.id, "folder": name}))
    contracts: dict[str, Contract] = {}
    for file in _contract_files(root):
        contract = _loaded(file, folder, Contract, faults)
        if contract is None:
            continue
        faults.extend(_misplaced(contract, str(file.relative_to(folder)), city, contracts))
        contracts[contract.id] = contract
    if city is not None and not faults:  # the contract that is meant may be one of those that do not load yet
        faults.extend(_boundaries_of_nothing(city, contracts))
    _correct(root, folder, contracts, faults)
    if city is not None and city.requests and not faults:
        faults.extend(unlisted(contracts, city.requests, f"{name}/{CITY_FILE}"))
    return Registered(city, dict(sorted(contracts.items()))) if city else None


def _misplaced(contract: Contract, file: str, city: City | None, others: dict[str, Contract]) -> Iterator[Fault]:
    """What is wrong with a contract among the others of its city."""
    if contract.id == REGISTER:
        yield Fault(file, 1, "dataset_reserved", {"place": "id", "dataset": contract.id})
    if contract.id in others:
        yield Fault(file, 1, "dataset_twice", {"place": "id", "dataset": contract.id})
    if city is not None and contract.department not in city.departments:
        known = ", ".join(sorted(city.departments))
        yield Fault(
            file, 1, "department_unknown", {"place": "department", "department": contract.department, "known": known}
        )


def _boundaries_of_nothing(city: City, contracts: dict[str, Contract]) -> Iterator[Fault]:
    """The boundaries under a city's maps are areas, each with the region that it is."""
    named = contracts.get(city.boundaries) if city.boundaries else None
    fields = named.public_fields if named else ()
    if city.boundaries and not {"geojson", "region"} <= {word for one in fields for word in _says(one)}:
        file = f"{city.id}/{CITY_FILE}"
        yield Fault(file, 1, "boundaries_unknown", {"place": "boundaries", "dataset": city.boundaries})


def _says(field: ContractField) -> tuple[str, ...]:
    return (field.type, "region") if field.region else (field.type,)


def _correct(root: Path, folder: Path, contracts: dict[str, Contract], faults: list[Fault]) -> None:
    """Each file of corrections goes to the contract that it stands beside; one that corrects nothing is a fault."""
    for file in _correction_files(root):
        dataset, shown = file.stem.removesuffix(CORRECTIONS), str(file.relative_to(folder))
        contract = contracts.get(dataset)
        if contract is None and faults:
            continue  # its contract may be one of those that do not load yet
        if contract is None:
            faults.append(Fault(shown, 1, "corrections_of_no_contract", {"place": shown, "dataset": dataset}))
        elif contract.corrections is not None:
            faults.append(Fault(shown, 1, "corrections_twice", {"place": shown, "dataset": dataset}))
        elif corrections := _loaded(file, folder, Corrections, faults, contract=contract):
            contracts[dataset] = contract.corrected_by(corrections)


def _contract_files(root: Path) -> list[Path]:
    return [file for file in _files(root) if not file.stem.endswith(CORRECTIONS)]


def _correction_files(root: Path) -> list[Path]:
    return [file for file in _files(root) if file.stem.endswith(CORRECTIONS)]


def _files(root: Path) -> list[Path]:
    """None is passed over silently, wherever in the city's folder it stands; hidden ones are an editor's."""
    found = (file for file in root.rglob("*") if file.suffix in SUFFIXES and file != root / CITY_FILE)
    return sorted(file for file in found if not file.name.startswith("."))


def _loaded(file: Path, folder: Path, model: type[Model], faults: list[Fault], **context: Contract) -> Model | None:
    shown = str(file.relative_to(folder))
    try:
        return load(_text(file, shown), shown, model, **context)
    except ContractError as error:
        faults.extend(error.faults)
        return None


def _text(file: Path, shown: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ContractError((Fault(shown, 1, "encoding"),)) from None
    except OSError:
        raise AuthorError("contract_unreadable", file=shown) from None
