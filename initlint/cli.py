"""The command line. What a command needs is imported when it runs, so that ``--help`` answers at once."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click
from click.shell_completion import CompletionItem

from initlint import __version__
from initlint.help_text import CheckCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from initlint.command_settings import ConfigOptions
    from initlint.selection import RuleSet

_Command = TypeVar("_Command", bound="Callable[..., Any]")

FORMATS = ("full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson")
PROBE_FORMATS = ("table", *FORMATS)
LEVELS = ("error", "warning", "info")


def _device(_: click.Context, __: click.Parameter, given: str) -> str:
    if not re.fullmatch(r"cpu|auto|cuda(:\d+)?", given):
        raise click.BadParameter(f"`{given}` is not cpu, cuda, cuda:N or auto")
    return given


def _complete_rule(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from initlint.checks import RULES

    *before, last = incomplete.split(",")
    listed = [(key, rule.summary) for rule in RULES for key in (rule.code, rule.name)]
    wanted = [(key, about) for key, about in listed if key.lower().startswith(last.lower())]
    return [CompletionItem(",".join([*before, key]), help=about) for key, about in wanted]


def _rules_option(name: str, about: str) -> Callable[[_Command], _Command]:
    return click.option(name, multiple=True, metavar="RULES", shell_complete=_complete_rule, help=about)


_SETTINGS = (
    _rules_option("--select", "Report these rules: codes, prefixes, names, ALL."),
    _rules_option("--extend-select", "Report these rules, too."),
    _rules_option("--ignore", "Don't report these; the more specific key wins."),
    click.option("--exclude", multiple=True, metavar="PATTERNS", help="Leave these out of folders, as in .gitignore."),
    click.option("--extend-exclude", multiple=True, metavar="PATTERNS", help="Leave these out, too."),
    click.option("--force-exclude", is_flag=True, help="Leave excluded files out even if they are given by name."),
    click.option("--config", multiple=True, metavar="FILE|KEY=VALUE", help="Use this file, or set one key of it."),
    click.option("--isolated", is_flag=True, help="Read no configuration file, and no rules but initlint's."),
)


def settings_options(command: _Command) -> _Command:
    """Adds the options that say which configuration holds."""
    for option in reversed(_SETTINGS):
        command = option(command)
    return command


class _Format(click.ParamType):  # type: ignore[type-arg]
    """A format, alone or with a file: ``sarif=out.sarif``."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return f"[{'|'.join(FORMATS)}][=FILE]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str | None]:
        form, equals, path = str(value).partition("=")
        if form not in FORMATS:
            self.fail(f"`{form}` is no format; choose one of {', '.join(FORMATS)}", param, ctx)
        if equals and not path:
            self.fail(f"`{value}` names no file", param, ctx)
        return form, path or None

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(form) for form in FORMATS if form.startswith(incomplete)]


class _Group(click.Group):
    """``initlint PATH…`` is ``initlint check PATH…``."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Paths as well as commands."""
        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version", "-V"}
        if not args:
            args = ["--help"]
        elif args[0] not in own and args[0] not in self.commands:
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="initlint", message="%(prog)s %(version)s")
def app() -> None:
    """Find weight-initialisation faults in PyTorch model code, without running it.

    `initlint PATH...` is short for `initlint check PATH...`. `initlint check --help` lists the options.
    """


_cache_dir = click.option(
    "--cache-dir",
    type=click.Path(file_okay=False),
    default=".initlint_cache",
    envvar="INITLINT_CACHE_DIR",
    metavar="DIR",
    show_default=True,
    help="Where results are kept between runs.",
)


@app.command(cls=CheckCommand, context_settings={"max_content_width": 100})
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@settings_options
@click.option("--fix", is_flag=True, help="Apply the safe fixes, until none is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix, --fix-only or --diff: also those that change a run.")
@click.option("--fix-only", is_flag=True, help="Apply fixes as --fix does, and report nothing that is left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--format", type=_Format(), multiple=True, help="How to report: `full`, if none is given. With a file, beside that."
)
@click.option("--output-file", type=click.Path(dir_okay=False), metavar="FILE", help="Write the report there.")
@click.option("--stdin-filename", metavar="FILE", help="The path to report for the path `-`.")
@click.option("--fail-on", type=click.Choice(LEVELS), help="Exit with 1 only for findings at least this bad.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors only.")
@click.option("--statistics", is_flag=True, help="Print how often each rule found something.")
@click.option("--show-unknown", is_flag=True, help="Say what of each class could not be read, and why (IL005).")
@click.option("--probe", is_flag=True, help="Also import the models and measure: confirm, withdraw, and find more.")
@click.option("--baseline", type=click.Path(dir_okay=False), metavar="FILE", help="Don't report what this file lists.")
@click.option("--write-baseline", is_flag=True, help="Write all that is found to the baseline.")
@click.option("--prune-baseline", is_flag=True, help="Take what is no longer found out of the baseline.")
@click.option("--no-baseline", is_flag=True, help="Report also what the configured baseline lists.")
@click.option("--since", metavar="REF", help="Report only what the changes since a git commit have to do with.")
@click.option("--add-ignore", metavar="[=REASON]", help="Write a suppression comment for each finding.")
@click.option("--show-settings", is_flag=True, help="Print the settings of the files, and lint nothing.")
@click.option("--show-files", is_flag=True, help="Print the files that would be linted, and lint nothing.")
@click.option("-w", "--watch", is_flag=True, help="Lint again whenever a file changes, until interrupted.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use; all cores by default.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write a cache.")
@_cache_dir
@click.pass_context
def check(ctx: click.Context, /, paths: tuple[str, ...], no_cache: bool, cache_dir: str, **options: Any) -> NoReturn:
    """Lint files and folders (by default, the current one). `-` is the standard input.

    What it finds, with the reason and the place to change, goes to stdout; errors and notes go to stderr.
    """
    from initlint.check_command import run
    from initlint.check_options import Options
    from initlint.narrow import Narrowing
    from initlint.output import outputs

    settings = _settings(options)
    options["outputs"] = outputs(options.pop("format"), options.pop("output_file"))
    names = {"write": "write_baseline", "prune": "prune_baseline", "no_baseline": "no_baseline", "since": "since"}
    narrowing = Narrowing(**{name: options.pop(option) for name, option in names.items()})
    cache = None if no_cache else cache_dir
    ctx.exit(run(Options(paths or (".",), settings, narrowing=narrowing, cache=cache, **options)))


def _settings(options: dict[str, Any]) -> ConfigOptions:
    """Takes the options about the configuration out of a command's."""
    from dataclasses import fields

    from initlint.command_settings import ConfigOptions, split

    given: dict[str, Any] = {
        each.name: options.pop(each.name) for each in fields(ConfigOptions) if each.name in options
    }
    for name in ("select", "extend_select", "ignore", "exclude", "extend_exclude"):
        given[name] = split(given[name])
    return ConfigOptions(**given)


@app.command()
@_cache_dir
def clean(cache_dir: str) -> None:
    """Remove the cache of the current folder."""
    from initlint.cache import clean
    from initlint.console import Trouble

    try:
        removed = clean(cache_dir)
    except OSError as error:
        raise Trouble(f"{cache_dir}: can't be removed: {(error.strerror or str(error)).lower()}") from None
    click.echo(f"Removed {cache_dir}" if removed else f"No cache in {cache_dir}", err=True)


@app.command()
@click.argument("rule", shell_complete=_complete_rule)
def explain(rule: str) -> None:
    """Show the page of a rule, given its code or name."""
    from initlint.pages import page_text
    from initlint.report.markdown import show_markdown
    from initlint.selection import BUILT_IN

    known = BUILT_IN if BUILT_IN.find(rule) else _known_rules()
    found = known.find(rule)
    if found is None:
        raise click.BadParameter(f"no rule has the code or name `{rule}`{known.suggestion(rule)}", param_hint="RULE")
    show_markdown(page_text(found))


def _known_rules() -> RuleSet:
    """The rules in the current folder: initlint's, and those that its configuration names."""
    from initlint.config import ConfigError, Configuration
    from initlint.console import Trouble

    configuration = Configuration()
    try:
        return configuration.rules(configuration.folder(os.curdir))
    except ConfigError as error:
        raise Trouble(str(error)) from None


@app.command()
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True)
def rules(form: str) -> None:
    """List the rules."""
    from initlint.console import emit
    from initlint.pages import announce, page_url

    known = _known_rules().rules
    announce(known)
    if form == "json":
        import json

        keys = ("code", "name", "summary", "default")
        listed = [{key: getattr(rule, key) for key in keys} | {"url": page_url(rule.name)} for rule in known]
        emit(json.dumps(listed, indent=2) + "\n")
        return
    wide = max(len(rule.name) for rule in known)
    emit("".join(f"{r.code}  {r.name:<{wide}}  {r.summary}{'' if r.default else ' (optional)'}\n" for r in known))


@app.command()
@click.argument("target", metavar="FILE[:CLASS]")
def dump(target: str) -> None:
    """Show the model graphs of a file, or of one class, as text."""
    from initlint.analysis import dump as dump_models
    from initlint.config import ConfigError, load
    from initlint.console import Trouble, emit

    path, name = target, None
    if not os.path.lexists(target) and ":" in target:
        path, _, name = target.rpartition(":")
    if not os.path.lexists(path):
        raise click.BadParameter(f"no such file: {path}", param_hint="FILE")
    try:
        emit(dump_models(path, name, load(path).catalog))
    except (ValueError, OSError, ConfigError) as error:
        raise Trouble(str(error)) from None


@app.command()
@click.argument("target", metavar="FILE:CLASS")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="An argument of the constructor, or an attribute of one (config.depth=24).",
)
@click.option("--format", "form", type=click.Choice(("table", "json", "csv")), default="table", show_default=True)
def trace(target: str, settings: tuple[str, ...], form: str) -> None:
    """Predict, layer by layer, what happens to the signal and the gradient at initialisation."""
    from initlint.trace_command import run

    run(target, settings, form)


@app.command("init")
@click.option("--pyproject", is_flag=True, help="Add the table [tool.initlint] to pyproject.toml instead.")
def init(pyproject: bool) -> None:
    """Write initlint.toml, a commented configuration to start from, into the current folder."""
    from initlint.init_command import run

    click.echo(run(pyproject))


@app.command()
@click.argument("targets_", nargs=-1, metavar="[TARGET]...")
@settings_options
@click.option("--seeds", type=click.IntRange(1, 100), default=5, show_default=True, help="Constructions to measure.")
@click.option("--batch", type=click.IntRange(min=2), default=17, show_default=True, help="Inputs to measure over.")
@click.option("--input", multiple=True, metavar="[NAME=]SHAPE[:DTYPE]", help="An argument of the forward: 3x64x64.")
@click.option(
    "--kwargs",
    multiple=True,
    metavar="NAME=VALUE",
    help="An argument of the constructor, or an attribute of one (config.depth=24).",
)
@click.option("--targets", type=click.IntRange(min=2), metavar="N", help="Classes, for the loss at initialisation.")
@click.option("--device", callback=_device, default="cpu", show_default=True, help="cpu, cuda, cuda:N, or auto.")
@click.option(
    "--blockwise/--whole", default=None, help="A block at a time in memory, or all; else as its size demands."
)
@click.option("--format", type=click.Choice(PROBE_FORMATS), default="table", show_default=True, help="How to report.")
@click.option("--html", type=click.Path(dir_okay=False), metavar="FILE", help="Write a page with plots there.")
@click.option("--timeout", type=click.FloatRange(min=1), default=120.0, show_default=True, help="Seconds for a model.")
@click.option("--memory", type=click.FloatRange(min=0), default=0.0, help="GiB that a model may take; 0: no limit.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option("--skip-empty", is_flag=True, help="A file without models is no error.")
@click.option("-q", "--quiet", is_flag=True, help="Print tables, findings and errors only.")
@click.pass_context
def probe(ctx: click.Context, /, **options: Any) -> NoReturn:
    """Import models, run a batch, and measure what happens to the signal and the gradient at initialisation.

    TARGET is `pkg.module:Class`, `path/to/file.py:Class`, a function that makes a model, an instance, a file, or a
    folder; without one, those of the configuration. It runs in a process of its own, without network, and without GPU
    unless --device names one.

    Exits with 0 if nothing was found, 1 if something was, and 2 where a target could not be measured.
    """
    from initlint.probe_command import Options, run_command

    settings = _settings(options)
    ctx.exit(run_command(Options(settings=settings, **options)))


@app.command("new-rule")
@click.argument("name")
@click.option("--code", required=True, metavar="ILxxx", help="The code of the rule, such as IL205.")
def new_rule(name: str, code: str) -> None:
    """Write the skeleton of a rule into the checkout of initlint that is the current folder."""
    from initlint.console import Trouble
    from initlint.skeleton import SkeletonError, write_skeleton

    try:
        for path in write_skeleton(os.curdir, name, code):
            click.echo(path)
    except SkeletonError as error:
        raise Trouble(str(error)) from None


def main() -> NoReturn:
    """Run the command line and exit: never with a traceback, and with 1 only if there are findings."""
    for stream in (sys.stdout, sys.stderr):
        # Names of files and characters in messages need not exist in the terminal's encoding.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    sys.exit(_status())


def _status() -> int:
    try:
        status = app.main(prog_name="initlint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except Exception as error:
        if os.environ.get("INITLINT_DEBUG"):
            raise
        click.echo(f"Error: internal error ({type(error).__name__}: {error}{_origin(error)})", err=True)
        return 2
    return status if isinstance(status, int) else 0


def _origin(error: BaseException) -> str:
    trace = error.__traceback__
    if trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"; {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
