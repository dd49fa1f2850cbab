"""What linters can do for a team, each cell of the table by running them: ``python -m benchmarks.features [--write]``.

A cell is «yes» where one of the ways that a linter's documentation gives, or the option that others have, does what is
asked on a file with one fault; else «no». ``--write`` puts the table into ``docs/comparison.md``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.install import ROOT, install_peers

PAGE = ROOT / "docs" / "comparison.md"
BEGIN, END = "<!-- made by `python -m benchmarks.features --write` -->\n", "<!-- end -->\n"


@dataclass(frozen=True, slots=True)
class Linter:
    """How a linter is called, a line in which it finds one fault, and the fault's code."""

    name: str
    command: tuple[str, ...]
    bad: str
    code: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask for a feature: files, arguments, and what the output must and must not hold. ``{bad}`` and
    ``{code}`` stand for the linter's own. ``verb`` is a command in place of the one that lints, ``then`` a second run,
    whose output counts."""

    files: dict[str, str]
    arguments: tuple[str, ...] = (".",)
    has: str = ""
    lacks: str = ""
    status: tuple[int, ...] = (0, 1)
    then: tuple[str, ...] = ()
    verb: tuple[str, ...] = ()


LINTERS = ("initlint", "ruff", "TorchFix", "Fixit", "flake8")
NET = {"net.py": "{bad}\n"}
CLEAN_OF = r"{code}"


def linters(peers: Path) -> dict[str, Linter]:
    """The linters, by name."""
    own = (sys.executable, "-m", "initlint")
    call = "from torch import nn; nn.init.normal(w)"
    return {
        "initlint": Linter("initlint", (*own, "check"), call, "IL601"),
        "ruff": Linter("ruff", (str(peers / "ruff"), "check", "--no-cache"), "import os", "F401"),
        "TorchFix": Linter("TorchFix", (str(peers / "torchfix"),), "import torch; torch.cholesky(x)", "TOR101"),
        "Fixit": Linter("Fixit", (str(peers / "fixit"), "lint"), "if True: pass", "NoStaticIfCondition"),
        "flake8": Linter("flake8", (str(peers / "flake8"),), "import os", "F401"),
    }


def flags(*options: str) -> tuple[Way, ...]:
    """Ways that are an option each: it must be known."""
    return tuple(
        Way(
            NET,
            (*option.split(), "."),
            lacks="(?i)no such option|unrecognized|unexpected|invalid choice|error: argument",
        )
        for option in options
    )


def comment(text: str) -> Way:
    """A comment that must hide the fault."""
    return Way({"net.py": text}, lacks=CLEAN_OF)


FEATURES: dict[str, dict[str, tuple[Way, ...]]] = {
    "each file has its nearest configuration": {
        "initlint": (
            Way(
                NET | {"a/net.py": "{bad}\n", "a/initlint.toml": 'ignore = ["ALL"]'},
                has=r"\bnet\.py",
                lacks=r"a/net\.py",
            ),
        ),
        "ruff": (
            Way(
                NET | {"a/net.py": "{bad}\n", "a/ruff.toml": 'lint.ignore = ["F"]'},
                has=r"\bnet\.py",
                lacks=r"a/net\.py",
            ),
        ),
        "Fixit": (
            Way(
                NET | {"a/net.py": "{bad}\n", "a/fixit.toml": '[tool.fixit]\ndisable = ["fixit.rules"]'},
                has=r"net\.py",
                lacks=r"a/net\.py",
            ),
        ),
        "flake8": (
            Way(
                NET | {"a/net.py": "{bad}\n", "a/.flake8": "[flake8]\nignore = F"}, has=r"\bnet\.py", lacks=r"a/net\.py"
            ),
        ),
    },
    "a misspelt key is an error": {
        "initlint": (Way(NET | {"initlint.toml": "selct = []"}, has="selct", status=(2,)),),
        "ruff": (Way(NET | {"ruff.toml": "selct = []"}, has="selct", status=(2,)),),
        "Fixit": (Way(NET | {"fixit.toml": "[tool.fixit]\nselct = []"}, has="selct", status=(2,)),),
        "flake8": (Way(NET | {".flake8": "[flake8]\nselct = F"}, has="selct", status=(2,)),),
    },
    "severity by rule, set by the user": {
        "initlint": (
            Way(
                NET | {"initlint.toml": 'severity.IL601 = "error"'}, (".", "--format", "concise"), has="{code} .* error"
            ),
        ),
        "ruff": (Way(NET | {"ruff.toml": 'lint.severity = {{ F401 = "error" }}'}, has="{code}"),),
        "flake8": (Way(NET | {".flake8": "[flake8]\nseverity = F401:error"}, has="error"),),
    },
    "exit status by severity": {
        "initlint": (Way(NET, ("--fail-on", "error", "."), has="{code}", status=(0,)),),
        "ruff": flags("--fail-on error"),
        "TorchFix": flags("--fail-on error"),
        "Fixit": flags("--fail-on error"),
        "flake8": flags("--fail-on error"),
    },
    "suppression: on the line": {
        "initlint": (comment("{bad}  # initlint: ignore[{code}]\n"),),
        "ruff": (comment("{bad}  # noqa: {code}\n"),),
        "TorchFix": (comment("{bad}  # noqa: {code}\n"),),
        "Fixit": (comment("{bad}  # lint-ignore: {code}\n"),),
        "flake8": (comment("{bad}  # noqa: {code}\n"),),
    },
    "suppression: the next line": {
        "initlint": (comment("# initlint: ignore-next-line[{code}]\n{bad}\n"),),
        "ruff": (
            comment("# noqa: {code}\n{bad}\n"),
            comment("# ruff: ignore-next-line[{code}]\n{bad}\n"),
            comment("# ruff: ignore[{code}]\n{bad}\n"),
        ),
        "TorchFix": (comment("# noqa: {code}\n{bad}\n"),),
        "Fixit": (comment("# lint-ignore: {code}\n{bad}\n"),),
        "flake8": (comment("# noqa: {code}\n{bad}\n"),),
    },
    "suppression: a block": {
        "initlint": (comment("# initlint: disable[{code}]\n{bad}\n# initlint: enable[{code}]\n"),),
        "ruff": (comment("# ruff: disable[{code}]\n{bad}\n# ruff: enable[{code}]\n"),),
        "TorchFix": (comment("# torchfix: disable[{code}]\n{bad}\n"),),
        "Fixit": (comment("# lint-disable: {code}\n{bad}\n# lint-enable: {code}\n"),),
        "flake8": (comment("# flake8: disable={code}\n{bad}\n# flake8: enable={code}\n"),),
    },
    "suppressions without effect are reported": {
        "initlint": (Way({"net.py": "x = 1  # initlint: ignore[IL601]\n"}, has="IL002"),),
        "ruff": (Way({"net.py": "x = 1  # noqa: F401\n"}, ("--select", "F,RUF100", "."), has="RUF100"),),
        "TorchFix": (Way({"net.py": "import torch\nx = 1  # noqa: TOR101\n"}, has="noqa"),),
        "Fixit": (Way({"net.py": "x = 1  # lint-ignore: NoStaticIfCondition\n"}, has="(?i)unused|ignore"),),
        "flake8": (Way({"net.py": "x = 1  # noqa: F401\n"}, has="noqa"),),
    },
    "writes suppressions for what is found": {
        "initlint": (Way(NET, ("--add-ignore", "."), then=(".",), lacks=CLEAN_OF),),
        "ruff": (Way(NET, ("--add-noqa", "."), then=(".",), lacks=CLEAN_OF),),
        "TorchFix": (Way(NET, ("--add-noqa", "."), then=(".",), lacks=CLEAN_OF),),
        "Fixit": (Way(NET, ("--add-ignore", "."), then=(".",), lacks=CLEAN_OF),),
        "flake8": (Way(NET, ("--add-noqa", "."), then=(".",), lacks=CLEAN_OF),),
    },
    "a baseline": {
        "initlint": (
            Way(NET, ("--write-baseline", "."), then=("--baseline", "initlint-baseline.json", "."), lacks=CLEAN_OF),
        ),
        "ruff": flags("--baseline b.json", "--write-baseline"),
        "TorchFix": flags("--baseline b.json", "--write-baseline"),
        "Fixit": flags("--baseline b.json", "--write-baseline"),
        "flake8": flags("--baseline b.json", "--write-baseline"),
    },
    "only what a change in git touches": {
        "initlint": (Way(NET, ("--since", "HEAD", "."), lacks=CLEAN_OF),),
        "ruff": flags("--since HEAD", "--diff-base HEAD"),
        "TorchFix": flags("--since HEAD", "--diff-base HEAD"),
        "Fixit": flags("--since HEAD", "--diff-base HEAD"),
        "flake8": flags("--since HEAD", "--diff HEAD"),
    },
    "rules of one's own, from a file": {
        "initlint": (
            Way(
                NET
                | {
                    "initlint.toml": 'rules = ["own.py"]',
                    "own.py": "from initlint.plugin import *\n\n\ndef check(facts):\n"
                    "    yield Finding(Span(facts.path, 1, 1, 1, 2), 'ours', Severity.INFO)\n\n\n"
                    "RULE = Rule('OWN101', 'our-rule', 'ours', check, scope='file')\n",
                },
                has="OWN101",
            ),
        ),
        "ruff": flags("--rules own.py", "--plugin own.py"),
        "TorchFix": flags("--rules own.py", "--plugin own.py"),
        "Fixit": (
            Way(
                NET
                | {
                    "fixit.toml": '[tool.fixit]\nroot = true\nenable = [".own"]\n',
                    "own.py": "import fixit\n\n\nclass Ours(fixit.LintRule):\n    MESSAGE = 'ours'\n\n"
                    "    def visit_If(self, node):\n        self.report(node)\n",
                },
                has="Ours",
            ),
        ),
        "flake8": (
            Way(
                NET
                | {
                    ".flake8": "[flake8]\n\n[flake8:local-plugins]\nextension =\n    OWN = own:Ours\npaths = .\n",
                    "own.py": "class Ours:\n    name, version = 'ours', '1'\n\n    def __init__(self, tree):\n"
                    "        pass\n\n    def run(self):\n        yield 1, 0, 'OWN101 ours', type(self)\n",
                },
                has="OWN101",
            ),
        ),
    },
    "applies fixes": {
        "initlint": (Way(NET, ("--fix", "."), then=(".",), lacks=CLEAN_OF),),
        "ruff": (Way(NET, ("--fix", "."), then=(".",), lacks=CLEAN_OF),),
        "TorchFix": (Way(NET, ("--fix", "."), then=(".",), lacks=CLEAN_OF),),
        "Fixit": (
            Way(
                {"net.py": "if x == None: pass\n"},
                ("--automatic", "."),
                verb=("fix",),
                then=(".",),
                lacks="CompareSingleton",
            ),
        ),
        "flake8": flags("--fix"),
    },
    "SARIF": {name: flags("--format sarif", "--output-format sarif") for name in ("TorchFix", "Fixit")}
    | {
        "initlint": (Way(NET, ("--format", "sarif", "."), has='"2.1.0"'),),
        "ruff": (Way(NET, ("--output-format", "sarif", "."), has='"2.1.0"'),),
        "flake8": (Way(NET, ("--format", "sarif", "."), has='"2.1.0"'),),
    },
    "GitLab code quality": {name: flags("--format gitlab", "--output-format gitlab") for name in ("TorchFix", "Fixit")}
    | {
        "initlint": (Way(NET, ("--format", "gitlab", "."), has='"fingerprint"'),),
        "ruff": (Way(NET, ("--output-format", "gitlab", "."), has='"fingerprint"'),),
        "flake8": (Way(NET, ("--format", "gitlab", "."), has='"fingerprint"'),),
    },
    "says which settings hold": {
        "initlint": (Way(NET, ("--show-settings", "net.py"), has="select = "),),
        "ruff": (Way(NET, ("--show-settings", "net.py"), has="linter"),),
        "TorchFix": flags("--show-settings"),
        "Fixit": (Way(NET, ("net.py",), verb=("debug",), has="NoStaticIfCondition|enable"),),
        "flake8": flags("--show-settings", "--show-config"),
    },
}


def holds(linter: Linter, way: Way) -> bool:
    """Whether it does what is asked, in a folder and a git repository of its own."""

    def filled(text: str) -> str:
        return text.replace("{bad}", linter.bad).replace("{code}", linter.code).replace("{{", "{").replace("}}", "}")

    with tempfile.TemporaryDirectory() as folder:
        for name, text in way.files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(filled(text))
        git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org")
        for step in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
            subprocess.run([*git, *step], cwd=folder, check=True)
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        status, output = 0, ""
        first = (*linter.command[:1], *way.verb) if way.verb else linter.command
        for command in ((*first, *way.arguments), (*linter.command, *way.then) if way.then else ()):
            if not command:
                continue
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, env=environment)
            status, output = done.returncode, done.stdout + done.stderr
            if done.returncode not in way.status:
                return False
    found = not way.has or re.search(filled(way.has), output) is not None
    return found and not (way.lacks and re.search(filled(way.lacks), output)) and status in way.status


def table() -> str:
    """The table as Markdown."""
    known = linters(install_peers())
    for name, linter in known.items():
        assert holds(linter, Way(NET, has="{code}")), f"{name} doesn't find {linter.code} in {linter.bad}"
    lines = ["| | " + " | ".join(LINTERS) + " |\n", "|---" * (len(LINTERS) + 1) + "|\n"]
    for feature, ways in FEATURES.items():
        cells = []
        for name in LINTERS:
            yes = any(holds(known[name], way) for way in ways.get(name, ()))
            cells.append("yes" if yes else "no" if name in ways else "–")
        lines.append(f"| {feature} | {' | '.join(cells)} |\n")
        print(lines[-1], end="", file=sys.stderr)
    return "".join(lines)


def main(arguments: list[str]) -> int:
    """Print the table, or write it into the page."""
    text = table()
    if "--write" in arguments:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(before + BEGIN + text + END + rest.partition(END)[2], encoding="utf-8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
