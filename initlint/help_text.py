"""Help pages that read as manual pages do: options in sections, examples, exit status."""

from __future__ import annotations

from typing import ClassVar

import click

SECTIONS: dict[str, tuple[str, ...]] = {
    "Rules": ("select", "extend_select", "ignore", "fail_on", "exit_zero"),
    "Files": ("exclude", "extend_exclude", "force_exclude", "stdin_filename"),
    "Configuration": ("config", "isolated", "show_settings", "show_files"),
    "Fixes": ("fix", "unsafe_fixes", "fix_only", "diff"),
    "Known findings and changes": (
        "baseline", "write_baseline", "prune_baseline", "no_baseline", "since", "add_ignore",
    ),
    "Report": ("format", "output_file", "quiet", "statistics", "show_unknown", "probe"),
    "Running": ("watch", "jobs", "cache_dir", "no_cache"),
}  # fmt: skip
_MANUAL = """\
\b
Examples:
  initlint src/                              lint a folder
  initlint src/ --select IL2 --ignore IL202  the rules on scale, but for one
  initlint src/ --fix --diff                 show what the safe fixes would change
  initlint src/ --since main                 only what a branch has to do with
  initlint src/ --write-baseline             start with an old project
  initlint --show-settings src/net.py        which settings hold for a file, and from where

\b
Exit status:
  0  nothing was found, or nothing as bad as --fail-on, or --exit-zero is given
  1  something was found (with --diff: there is something to change; with --fix-only, what is
     left doesn't count)
  2  a usage, configuration or internal error; what could be linted is reported all the same

\b
Files and environment:
  initlint.toml, pyproject.toml  the nearest one above each file holds for it; see `initlint init`
  NO_COLOR, FORCE_COLOR          take colour away, or give it to what is no terminal
  INITLINT_DEBUG                 show the traceback of an internal error
"""


class CheckCommand(click.Command):
    """``initlint check``: its help has sections, and ``--add-ignore`` needs no value, whatever follows it."""

    sections: ClassVar[dict[str, tuple[str, ...]]] = SECTIONS

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give ``--add-ignore`` an empty value where it stands alone."""
        end = args.index("--") if "--" in args else len(args)
        return super().parse_args(ctx, ["--add-ignore=" if a == "--add-ignore" else a for a in args[:end]] + args[end:])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, section by section."""
        records = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if isinstance(param, click.Option) and record is not None:
                records[param.name] = record
        listed = {name for names in self.sections.values() for name in names}
        rest = [record for name, record in records.items() if name not in listed]  # click's own: --help
        last = list(self.sections)[-1]
        for title, names in self.sections.items():
            with formatter.section(title):
                rows = [records[name] for name in names if name in records]
                formatter.write_dl([*rows, *rest] if title == last else rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples, exit status and environment."""
        formatter.write_paragraph()
        for line in _MANUAL.replace("\b\n", "").splitlines():
            formatter.write(f"{line}\n")
