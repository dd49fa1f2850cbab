"""``initlint trace``: what happens to the signal in one class, layer by layer."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Mapping, Sequence

import click

from initlint.api import traced
from initlint.config import ConfigError
from initlint.console import Trouble, emit
from initlint.report import trace as shown
from initlint.report.paint import one_line, painter_for


def run(target: str, settings: Sequence[str], form: str) -> None:
    """Trace and print. ``target`` is FILE:CLASS, ``settings`` are NAME=VALUE for the constructor, or
    NAME.ATTRIBUTE=VALUE for an argument's attribute.

    :raises click.UsageError: the target or a setting has another form.
    :raises Trouble: the class can't be read.
    """
    path, _, name = target.rpartition(":")
    if not path or not name.isidentifier():
        raise click.BadParameter("give FILE:CLASS", param_hint="FILE:CLASS")
    if not os.path.lexists(path):
        raise click.BadParameter(f"no such file: {one_line(path)}", param_hint="FILE:CLASS")
    try:
        found, worker = traced(path, name, _arguments(settings))
    except (ConfigError, ValueError) as error:
        raise Trouble(str(error)) from None
    places = worker.project.locate({row.made for row in found.rows})
    if form == "table":
        painter = painter_for(sys.stdout)
        emit(shown.table(found, places, painter), painter)
    else:
        emit(shown.as_json(found, places) if form == "json" else shown.as_csv(found, places))


def _arguments(settings: Sequence[str]) -> Mapping[str, object]:
    arguments: dict[str, object] = {}
    for each in settings:
        name, equals, text = each.partition("=")
        if not equals or not all(part.isidentifier() for part in name.split(".")):
            raise click.BadParameter(f"`{each}` is not NAME=VALUE", param_hint="--set")
        try:
            arguments[name] = ast.literal_eval(text)
        except (ValueError, SyntaxError):
            arguments[name] = text
    return arguments
