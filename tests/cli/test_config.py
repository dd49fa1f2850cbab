"""The configuration files, and the command line over them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from initlint.config import ConfigError, Settings, load
from initlint.config.options import BY_NAME, OPTIONS
from initlint.config.pages import files as made_files
from initlint.config.pages import schema, start
from initlint.config.read import check, tomllib
from tests.cli.conftest import CLEAN, FAULTY, Run

ROOT = Path(__file__).resolve().parents[2]


def write(root: Path, text: str, name: str = "pyproject.toml") -> None:
    root.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


@pytest.fixture
def faults(work: Path) -> Path:
    """A faulty file in each of three folders."""
    for folder in (work, work / "a", work / "a/b"):
        folder.mkdir(exist_ok=True)
        (folder / "net.py").write_text(FAULTY)
    return work


def found(run: Run, *arguments: str) -> list[str]:
    """The files with findings."""
    lines = run("--format", "concise", "-q", *arguments).stdout.splitlines()
    return [line.split(":")[0] for line in lines]


def test_none(work: Path) -> None:
    assert load(".") == Settings()


def test_each_file_has_the_nearest_configuration(faults: Path, run: Run) -> None:
    write(faults, '[tool.initlint]\nignore = ["IL6"]')
    write(faults / "a", 'select = ["IL601"]', "initlint.toml")
    write(faults / "a", '[tool.initlint]\nignore = ["IL601"]')
    write(faults / "a/b", '[project]\nname = "b"')
    assert load("a/b/net.py").origin == load("a/b").origin == "a/initlint.toml"
    assert found(run, ".") == ["a/b/net.py", "a/net.py"]
    assert found(run, "net.py", "a/net.py") == ["a/net.py"]
    write(faults / "a/b", "", "initlint.toml")
    assert load("a/b").origin == "a/b/initlint.toml"
    assert found(run, ".", "--isolated") == ["a/b/net.py", "a/net.py", "net.py"]


def test_extend(faults: Path, run: Run) -> None:
    write(faults, 'extend = "base/pyproject.toml"\nseverity.IL601 = "info"\nextend-exclude = ["b"]', "initlint.toml")
    write(
        faults / "base",
        '[tool.initlint]\nextend = "../lowest.toml"\nignore = ["IL6"]\nseverity.IL6 = "error"\nexclude = ["x"]\n'
        "force-exclude = true",
    )
    write(faults, 'exclude = ["a"]\nfail-on = "error"', "lowest.toml")
    assert found(run, ".") == []
    settings = load(".")
    assert [origin for origin, _ in settings.choices] == ["base/pyproject.toml", "initlint.toml"]
    assert [each.lines for each in settings.exclude] == [("x",), ("b",)]
    assert settings.force_exclude and settings.fail_on.value == "error"
    text = (faults / "initlint.toml").read_text()
    write(faults, 'extend-select = ["IL601"]\n' + text, "initlint.toml")
    result = run("--format", "concise", ".")
    assert [line.split(":")[0] for line in result.stdout.splitlines()[:-1]] == ["a/net.py", "net.py"]
    assert " info: " in result.stdout and result.exit_code == 0
    assert run(".", "--fail-on", "info").exit_code == 1
    write(faults, 'extend = "base/pyproject.toml"\nselect = ["IL6"]', "initlint.toml")
    assert found(run, ".") == ["a/b/net.py", "a/net.py", "net.py"]


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"initlint.toml": 'extend = "initlint.toml"'}, "goes round in a circle: initlint.toml → initlint.toml"),
        (
            {"initlint.toml": 'extend = "b/b.toml"', "b/b.toml": "extend='../b/c.toml'", "b/c.toml": "extend='b.toml'"},
            "b/c.toml: `extend` goes round in a circle: initlint.toml → b/b.toml → b/c.toml → b/b.toml",
        ),
        ({"initlint.toml": 'extend = "none.toml"'}, "`extend` names none.toml, but no such file"),
        (
            {"initlint.toml": 'extend = "pyproject.toml"', "pyproject.toml": ""},
            "`extend` names pyproject.toml, but it has no [tool.initlint] table",
        ),
        ({"initlint.toml": 'extend = "."'}, ".: is a directory"),
        ({"initlint.toml": 'extend = "b.toml"', "b.toml": "selct = []"}, "b.toml: unknown key `selct`; did you mean"),
    ],
)  # fmt: skip
def test_extend_that_cannot_work(work: Path, run: Run, files: dict[str, str], error: str) -> None:
    for name, text in files.items():
        write((work / name).parent, text, (work / name).name)
    result = run(".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert error in result.stderr and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[tool.initlint", "not valid TOML"),
        ("[tool.initlint]\nselct = []", "unknown key `selct` in [tool.initlint]; did you mean `select`?"),
        ("[tool.initlint]\nfail_on = 1", "unknown key `fail_on` in [tool.initlint]; did you mean `fail-on`?"),
        ("[tool.initlint]\nwidth = 1", "unknown key `width` in [tool.initlint]; the keys are"),
        ('[tool.initlint]\nselect = "IL1"', "`select` in [tool.initlint] must be a list of strings"),
        ("[tool.initlint]\nignore = [1]", "`ignore` in [tool.initlint] must be a list of strings"),
        ("[tool.initlint]\nexclude = ['!']", "`exclude` in [tool.initlint] has a pattern that can't be read: "),
        ("[tool.initlint]\nforce-exclude = 1", "`force-exclude` in [tool.initlint] must be true or false"),
        ("[tool.initlint]\nfail-on = 'bad'", "`fail-on` in [tool.initlint] must be one of error, warning, info"),
        ("[tool.initlint]\nseverity.IL2 = 'off'", '`severity."IL2"` in [tool.initlint] must be one of error, warning'),
        ("[tool.initlint]\nseverity = 'info'", "`severity` in [tool.initlint] must be a table"),
        (
            "[tool.initlint]\nper-file-ignores.'my tests/' = 'ALL'",
            '`per-file-ignores."my tests/"` in [tool.initlint] must be a list of strings',
        ),
        ("[tool.initlint]\nextend = ''", "`extend` in [tool.initlint] must be the path of a file"),
        ("tool.initlint = 3", "`tool.initlint` must be a table"),
    ],
)
def test_errors_name_the_file_and_the_key(work: Path, run: Run, text: str, error: str) -> None:
    write(work, text)
    with pytest.raises(ConfigError, match=r"^pyproject\.toml: ") as raised:
        load(".")
    assert error in str(raised.value)
    result = run(".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: pyproject.toml: ")
    assert len(result.stderr.splitlines()) == 1


def test_an_error_in_a_folder_below(faults: Path, run: Run) -> None:
    write(faults / "a", "selct = []", "initlint.toml")
    result = run(".")
    assert result.exit_code == 2
    assert result.stderr == "Error: a/initlint.toml: unknown key `selct`; did you mean `select`?\n"


def test_bytes_that_are_not_text(work: Path) -> None:
    (work / "pyproject.toml").write_bytes(b"x = '\xff'")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load(".")


def test_a_tool_that_is_no_table_is_another_tools_trouble(work: Path) -> None:
    write(work, "tool = 3")
    assert load(".") == Settings()


@pytest.mark.parametrize("key", ["select = ['{}']", "severity.{} = 'info'", "per-file-ignores.'x' = ['{}']"])
def test_an_unknown_rule_is_an_error(work: Path, run: Run, key: str) -> None:
    write(work, key.format("deprecated-int"), "initlint.toml")
    result = run(".")
    assert result.exit_code == 2
    assert "initlint.toml: no rule has the code, prefix or name `deprecated-int`; did you mean" in result.stderr


def test_the_command_line_goes_before_the_file(work: Path, run: Run) -> None:
    (work / "net.py").write_text(FAULTY)
    write(work, '[tool.initlint]\nignore = ["IL6"]')
    assert run(".").exit_code == 0
    assert run("--isolated", ".").exit_code == 1
    assert run("--select", "IL6", ".").exit_code == 1
    assert run("--extend-select", "IL6", ".").exit_code == 1
    write(work, '[tool.initlint]\nselect = ["IL601"]')
    assert run(".").exit_code == 1
    assert run("--ignore", "IL6", ".").exit_code == 0
    assert run("--select", "IL1", ".").exit_code == 0


def test_config_options(work: Path, run: Run) -> None:
    (work / "net.py").write_text(FAULTY)
    write(work, '[tool.initlint]\nignore = ["IL6"]')
    write(work / "ci", "fail-on = 'error'\nper-file-ignores.'../net.py' = ['IL1']", "strict.toml")
    result = run(".", "--config", "ci/strict.toml")
    assert "IL601" in result.stdout and result.exit_code == 0
    assert run(".", "--config", "ci/strict.toml", "--config", "fail-on=info").exit_code == 1
    assert run(".", "--config", 'extend-select=["IL6"]').exit_code == 1
    assert (
        run(".", "--config", "extend-select=['IL6']", "--config", "severity.IL601=info", "--fail-on", "error").exit_code
        == 0
    )
    for bad, error in (
        ("selct=[]", "`selct=[]`: unknown key `selct`; did you mean `select`?"),
        ("select=IL6", "`select=IL6`: `select` must be a list of strings"),
        ("fail-on", "fail-on: no such file"),
        ("=", "`=` is neither a file nor KEY=VALUE"),
        ("x = 1\ny = 2", "unknown key `x`"),
    ):
        result = run(".", "--config", bad)
        assert (result.exit_code, result.stdout) == (2, "") and error in result.stderr, result.stderr
    for twice in (["--config", "pyproject.toml"], ["--isolated"]):
        assert run(".", "--config", "ci/strict.toml", *twice).exit_code == 2


def test_per_file_ignores(faults: Path, run: Run) -> None:
    write(faults, 'per-file-ignores = { "a/*.py" = ["deprecated-init"] }', "initlint.toml")
    assert found(run, ".") == ["a/b/net.py", "net.py"]
    write(faults, 'per-file-ignores = { "!a/" = ["IL6"] }', "initlint.toml")
    assert found(run, ".") == ["a/b/net.py", "a/net.py"]


def test_severity(work: Path, run: Run) -> None:
    (work / "net.py").write_text(FAULTY + "x = 1  # initlint: ignore[IL101]\n")
    write(work, 'severity = { ALL = "info", IL601 = "error", IL6 = "warning" }', "initlint.toml")
    lines = run("--format", "concise", ".").stdout.splitlines()
    assert " IL601 deprecated-init error: " in lines[0] and " IL002 unused-suppression info: " in lines[1]
    assert run(".", "--select", "IL002", "--fail-on", "warning").exit_code == 0


def test_exclude(faults: Path, run: Run) -> None:
    write(faults, '[tool.initlint]\nexclude = ["b/"]')
    assert found(run, ".") == ["a/net.py", "net.py"]
    assert found(run, "a/b/net.py") == ["a/b/net.py"]
    assert found(run, "a/b/net.py", "net.py", "--force-exclude") == ["net.py"]
    assert found(run, ".", "--extend-exclude", "/net.py") == ["a/net.py"]
    assert found(run, ".", "--exclude", "/net.py") == ["a/b/net.py", "a/net.py"]
    write(faults / "a", "", "initlint.toml")
    assert found(run, ".") == ["a/b/net.py", "a/net.py", "net.py"]


def test_isolated_does_not_even_read(work: Path, run: Run) -> None:
    write(work, "not toml")
    (work / "net.py").touch()
    assert run("--isolated", ".").exit_code == 0


def test_stdin_is_configured_by_its_name(work: Path, run: Run) -> None:
    write(work / "a", '[tool.initlint]\nignore = ["IL6"]')
    assert run("-", "--stdin-filename", "a/net.py", input=FAULTY).exit_code == 0
    assert run("-", "--stdin-filename", "net.py", input=FAULTY).exit_code == 1


def test_show_settings_is_a_configuration_that_says_the_same(faults: Path, run: Run) -> None:
    write(
        faults,
        'select = ["IL6", "IL0"]\nignore = ["IL003"]\nexclude = ["x/"]\nseverity.IL6 = "info"\nfail-on = "error"\n'
        'per-file-ignores."tests/" = ["IL6"]\ncatalog.inert = ["a.b"]\n',
        "initlint.toml",
    )
    write(faults / "a", 'ignore = ["IL6"]', "initlint.toml")
    text = run("--show-settings", ".").stdout
    first, second = re.split(r"^# for (?:.*)\n", text, flags=re.M)[1:]
    assert (
        "# for a/b/net.py and 1 more\n# from a/initlint.toml" in text and "# for net.py\n# from initlint.toml" in text
    )
    assert "IL601" not in tomllib.loads(first)["select"]
    (faults / "initlint.toml").write_text(second)
    assert (
        re.sub("(?m)^.*catalog.*\n", "", run("--show-settings", "net.py").stdout).split()
        == re.sub("(?m)^.*catalog.*\n", "", "# for net.py\n" + second).split()
    )


def test_show_files(faults: Path, run: Run) -> None:
    result = run("--show-files", "a", "net.py", "gone.py")
    assert result.stdout.splitlines() == ["a/b/net.py", "a/net.py", "net.py"]
    assert result.exit_code == 2 and "gone.py" in result.stderr


@pytest.mark.parametrize("option", [[], ["--pyproject"]])
def test_init_writes_a_file_that_can_be_used(work: Path, run: Run, option: list[str]) -> None:
    (work / "pyproject.toml").write_text("[project]\nname = 'x'")
    assert run("init", *option).exit_code == 0
    assert load(".") == Settings(origin="pyproject.toml" if option else "initlint.toml")
    assert "name = 'x'" in (work / "pyproject.toml").read_text()
    again = run("init", *option)
    assert again.exit_code == 2 and "configures this folder already" in again.stderr
    (work / "net.py").write_text(CLEAN)
    assert run(".").exit_code == 0


def test_what_init_shows_is_valid() -> None:
    table = tomllib.loads(re.sub(r"(?m)^# ", "", start()))
    assert set(table) == set(BY_NAME)
    check(table, "", ".")
    table = tomllib.loads(re.sub(r"(?m)^# ", "", start("tool.initlint.")))
    check(table["tool"]["initlint"], "", ".")


def test_what_is_made_from_the_keys_is_up_to_date() -> None:
    for path, text in made_files(ROOT).items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: run python -m initlint.config.pages"


def test_the_schema_agrees_with_what_is_read() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft7Validator(schema())
    validator.check_schema(schema())
    table = tomllib.loads(re.sub(r"(?m)^# ", "", start()))
    assert list(validator.iter_errors(table)) == []
    samples = [1, True, "x", "info", [], ["IL2"], [1], {}, {"a": "info"}, {"a": ["b"]}, {"a": 1}]
    for option in OPTIONS:
        for sample in samples:
            given = {option.name: sample}
            if option.name == "catalog" and isinstance(sample, dict):
                continue  # the schema leaves that format to `initlint.catalog`
            try:
                check(given, "", ".")
            except ConfigError:
                assert not validator.is_valid(given), given
            else:
                assert validator.is_valid(given), given
    assert not validator.is_valid({"selct": []})


def test_the_page_shows_what_is_valid() -> None:
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```$", page, re.M | re.S)
    assert len(blocks) == 2
    for block in blocks:
        check(tomllib.loads(block), "", ".")


def test_the_schema_is_json() -> None:
    assert json.loads((ROOT / "editors/initlint.schema.json").read_text(encoding="utf-8"))["properties"].keys() == set(
        BY_NAME
    )


DEEP = """\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(*[nn.Sequential(nn.Linear(64, 64), nn.ReLU()) for _ in range(10)])
        self.head = nn.Linear(64, 10)

    def forward(self, x):
        return self.head(self.layers(x))
"""


def test_thresholds(work: Path, run: Run) -> None:
    for folder in ("strict", "lax"):
        (work / folder).mkdir()
        (work / folder / "net.py").write_text(DEEP)
    write(work / "strict", "thresholds.signal = 0.1", "initlint.toml")
    write(work / "lax", "thresholds.signal = 1e-9", "initlint.toml")
    assert found(run, ".", "--select", "IL302") == ["strict/net.py"]
    assert found(run, "lax", "--select", "IL302", "--config", "thresholds.signal=0.1") == ["lax/net.py"]
    assert "signal = 0.1\n" in run("--show-settings", "strict").stdout


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("thresholds.signl = 1", '`thresholds."signl"` is no key; did you mean `signal`?'),
        ("thresholds.signal = 'x'", '`thresholds."signal"` must be a number above 0'),
        ("thresholds.depth = 1.5", '`thresholds."depth"` must be a whole number above 0'),
        ("thresholds.gain = nan", '`thresholds."gain"` must be a number above 0'),
        ("thresholds = 3", "`thresholds` must be a table"),
        ("probe.'a:B' = 3", '`probe."a:B"` must be a table'),
        ("probe.'a:B'.kwarg = 3", '`probe."kwarg"` is no key; did you mean `kwargs`?'),
        ("probe.'a:B'.kwargs = 3", '`probe."a:B"` must have a table for its `kwargs`'),
        ("probe.'a:B'.inputs = [3]", '`probe."a:B"` must have a list of strings for its `inputs`'),
        ("probe.'a:B'.targets = 1", '`probe."a:B"` must have a whole number above 1 for its `targets`'),
    ],
)
def test_wrong_thresholds_and_targets(work: Path, run: Run, text: str, error: str) -> None:
    write(work, text, "initlint.toml")
    result = run(".")
    assert (result.exit_code, result.stderr) == (2, f"Error: initlint.toml: {error}\n")


def test_a_target_of_the_probe(work: Path, run: Run) -> None:
    pytest.importorskip("torch")
    (work / "sub").mkdir()
    (work / "sub/net.py").write_text(DEEP.replace("self):", "self, depth):", 1).replace("range(10)", "range(depth)"))
    write(
        work / "sub", 'probe."net.py:Net" = { kwargs = { depth = 3 }, inputs = ["64"], targets = 10 }', "initlint.toml"
    )
    measured = run("probe", "sub/net.py:Net", "--seeds", "2", "--format", "json", "--exit-zero")
    assert "layers.2.0" in measured.stdout and "layers.3.0" not in measured.stdout, measured.output
    more = run("probe", "sub/net.py:Net", "--seeds", "2", "--format", "json", "--exit-zero", "--kwargs", "depth=4")
    assert "layers.3.0" in more.stdout
    whole = run("probe", "sub/net.py", "--seeds", "1", "--format", "json", "--exit-zero")
    assert "layers.2.0" in whole.stdout and "layers.3.0" not in whole.stdout, whole.output
    none = run("probe")
    assert none.exit_code == 2 and "the configuration has no target" in none.stderr
    write(work, 'probe."sub/net.py:Net" = { kwargs = { depth = 2 } }', "initlint.toml")
    asked = run("probe", "--seeds", "1", "--format", "json", "--exit-zero")
    assert '"target": "sub/net.py:Net"' in asked.stdout and "layers.1.0" in asked.stdout, asked.output
    write(work / "sub", 'probe."net.py:Net" = { inputs = ["much"] }', "initlint.toml")
    wrong = run("probe", "sub/net.py:Net")
    assert wrong.exit_code == 2 and 'sub/initlint.toml: `probe."net.py:Net"`: `much` is not' in wrong.stderr
