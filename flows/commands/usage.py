"""A command that was typed wrongly -> an error of ours. The library's own English words are left behind."""

import difflib
from collections.abc import Sequence

import typer

from flows.commands.helping import said
from schemas.errors import AuthorError


def misuse(error: typer.TyperException, arguments: Sequence[str], verbs: Sequence[str]) -> AuthorError:
    """What is wrong with `arguments`, by what the library's error knows of it."""
    command = _path(error)
    option, parameter = getattr(error, "option_name", None), getattr(error, "param", None)
    if option is not None and hasattr(error, "possibilities"):
        return AuthorError("usage_option", option=str(option), command=command)
    if option is not None:
        return AuthorError("usage_value", name=str(option), command=command)
    if parameter is not None:
        code = "usage_value" if error.message else "usage_missing"
        return AuthorError(code, name=_shown(parameter), command=command)
    if arguments[0] not in verbs:
        nearest = difflib.get_close_matches(arguments[0], verbs, n=1) or verbs
        return AuthorError("usage_verb", verb=arguments[0], known=", ".join(nearest))
    return AuthorError("usage", command=command)


def _path(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context else "palu"


def _shown(parameter: object) -> str:
    """A parameter as one types it: `--reason`, `DATASET`."""
    is_option = getattr(parameter, "param_type_name", "") == "option"
    return str(getattr(parameter, "opts", ["-"])[0]) if is_option else said(getattr(parameter, "metavar", "-"))
