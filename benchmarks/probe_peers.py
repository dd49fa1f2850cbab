"""The probe beside other tools that check live models, on the faulty and the healthy models of its own tests.

``python -m benchmarks.probe_peers --write docs/probe-peers.md``: installs the tools beside this interpreter's packages
(they need torchvision, tqdm, pillow, safetensors and graphviz there, too), and runs each in a process of its own. Each
gets the model built under seed 0, the batch, and a random target for a mean squared error, and is called as its
documentation says; ``call_…`` below is the call. A model is flagged where the tool reports a failure or a warning about
it. What takes more than ``--seconds``, or raises, counts as not flagged, and is counted.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.install import ROOT, STORE

_REQUIREMENTS = Path(__file__).with_name("probe_requirements.txt")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, and print or write a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", help="run this one alone, here (used by the whole)")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--every", type=int, default=1, help="take every so many models")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args(arguments)
    if given.tool:
        print(json.dumps(list(_verdicts(TOOLS[given.tool], given.seconds, given.every))))
        return 0
    python = _installed()
    rows = [_HEAD]
    for tool in TOOLS:
        command = [str(python), "-m", "benchmarks.probe_peers", "--tool", tool, "--seconds", str(given.seconds)]
        done = subprocess.run(
            [*command, "--every", str(given.every)], capture_output=True, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        if done.returncode:
            print(f"{tool}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            continue
        found = json.loads(done.stdout.splitlines()[-1])
        rows.append(_row(tool, found))
        print(rows[-1], flush=True)
        for name, bad, verdict in found:
            if tool == "initlint" and bad != (verdict == "flagged"):
                print(f"  {name}: {verdict}", file=sys.stderr)
    if given.write:
        text = given.write.read_text(encoding="utf-8")
        head, _, rest = text.partition("<!-- table -->\n")
        tail = rest.partition("<!-- end -->")[2]
        given.write.write_text(f"{head}<!-- table -->\n" + "\n".join(rows) + f"\n<!-- end -->{tail}", encoding="utf-8")
    return 0


_HEAD = "| tool | faulty models flagged | healthy models flagged | raised or too slow |\n|---|---|---|---|"


def _row(tool: str, found: list[tuple[str, bool, str]]) -> str:
    faulty = [verdict for _, bad, verdict in found if bad]
    healthy = [verdict for _, bad, verdict in found if not bad]
    broken = sum(verdict not in ("flagged", "passed") for _, _, verdict in found)
    name = tool if tool == "initlint" else next(
        line.strip().replace("==", " ") for line in _REQUIREMENTS.read_text().splitlines() if line.startswith(tool)
    )  # fmt: skip
    return (
        f"| {name} | {faulty.count('flagged')} of {len(faulty)} | {healthy.count('flagged')} of {len(healthy)} "
        f"| {broken} |"
    )


def _installed() -> Path:
    """The interpreter of an environment with the tools, made anew where their list has changed."""
    home = STORE / "probe-peers"
    wanted = _REQUIREMENTS.read_text(encoding="utf-8")
    stamp = home / "requirements.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        venv.create(home, clear=True, with_pip=True)
        python = home / "bin" / "python"
        command = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-deps"]
        subprocess.run([*command, "-r", str(_REQUIREMENTS)], check=True, stdout=sys.stderr)
        (site,) = (home / "lib").glob("python*/site-packages")
        (site / "beside.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
        stamp.write_text(wanted, encoding="utf-8")
    return home / "bin" / "python"


# -- one tool


def _verdicts(call: Callable[..., bool], seconds: int, every: int) -> Iterator[tuple[str, bool, str]]:
    import torch

    faulty, healthy = import_module("tests.probe.zoo.faulty"), import_module("tests.probe.zoo.healthy")

    torch.set_num_threads(1)
    cases = [(name, build, batch, True) for name, build, batch, _ in faulty.cases()]
    cases += [(name, build, batch, False) for name, build, batch in healthy.cases()]
    signal.signal(signal.SIGALRM, _late)
    for name, build, batch, bad in cases[::every]:
        torch.manual_seed(1)
        given = batch()
        torch.manual_seed(0)
        signal.alarm(seconds)
        try:
            with contextlib.redirect_stdout(sys.stderr):
                verdict = "flagged" if call(build, given) else "passed"
        except TimeoutError:
            verdict = "too slow"
        except Exception as error:  # of whatever kind: it says nothing of the model
            verdict = f"{type(error).__name__}: {error}"[:200]
        finally:
            signal.alarm(0)
        yield name, bad, verdict


def _late(*_: object) -> None:
    raise TimeoutError


def _task(build: Callable[[], Any], batch: Any) -> tuple[Any, Any, Any, Callable[[Any, Any], Any]]:
    """The model, a target, an optimiser, and a loss."""
    import torch

    model = build()
    with torch.no_grad():
        target = torch.randn_like(_first(model(batch)).float())

    def loss(output: Any, wanted: Any) -> Any:
        return torch.nn.functional.mse_loss(_first(output).float(), wanted)

    return model, target, torch.optim.Adam(model.parameters(), lr=1e-3), loss


def _first(output: Any) -> Any:
    import torch

    if isinstance(output, torch.Tensor):
        return output
    return next(_first(each) for each in (output.values() if isinstance(output, dict) else output))


def call_initlint(build: Callable[[], Any], batch: Any) -> bool:
    import initlint

    return not initlint.probe(build, batch, seeds=1).healthy


def call_torchtest2(build: Callable[[], Any], batch: Any) -> bool:
    torchtest2 = import_module("torchtest2")

    model, target, optimizer, loss = _task(build, batch)
    return not torchtest2.check_model(model, batch, target, loss_fn=loss, optimizer=optimizer).ok


def call_torch_audit(build: Callable[[], Any], batch: Any) -> bool:
    torch_audit = import_module("torch_audit")
    severity = torch_audit.Severity

    model, target, optimizer, loss = _task(build, batch)
    auditor = torch_audit.autopatch(
        model, optimizer=optimizer, every_n_steps=1, reporters=[], run_static=True, run_init=True
    )
    for _ in range(3):
        optimizer.zero_grad(set_to_none=True)
        loss(model(batch), target).backward()
        optimizer.step()
    result = auditor.finish()
    auditor.unpatch()
    bad = (severity.WARN, severity.ERROR, severity.FATAL)
    # TA2…: the optimiser's settings, which are this file's.
    return any(each.severity in bad and not each.rule_id.startswith("TA2") for each in result.findings)


def call_syndset(build: Callable[[], Any], batch: Any) -> bool:
    syndset = import_module("syndset")

    model, target, _, loss = _task(build, batch)
    return not syndset.audit(model, batch, target, loss_fn=loss).is_healthy()


def call_torchdiag(build: Callable[[], Any], batch: Any) -> bool:
    torchdiag = import_module("torchdiag")

    model, target, optimizer, loss = _task(build, batch)
    dead = torchdiag.check_dead_neurons(model, batch)
    step = torchdiag.verify_step(model, optimizer, loss, batch, target)
    model.zero_grad()
    loss(model(batch), target).backward()
    gradients = torchdiag.check_gradients(model)
    said = json.dumps([dead, step, gradients], default=str)
    return any(word in said for word in ("VANISH", "EXPLODE", "no_grad", "CRITICAL", "WARN", "FAIL", "critical"))


def call_neural_net_checklist(build: Callable[[], Any], batch: Any) -> bool:
    checks = import_module("neural_net_checklist.torch_diagnostics")

    _, target, _, loss = _task(build, batch)
    provider = (batch, target)
    try:
        checks.assert_non_zero_gradients(build(), provider)
        checks.assert_input_independent_baseline_worse(build, provider, loss_fn=loss)
    except AssertionError:
        return True
    return False


def call_anyinit(build: Callable[[], Any], batch: Any) -> bool:
    anyinit = import_module("anyinit")

    report = anyinit.initialize(build(), "analytic", batch, seed=0)
    try:
        report.assert_healthy()
    except Exception:  # the report's own
        return True
    return False


def call_torchlens(build: Callable[[], Any], batch: Any) -> bool:
    audit_params = import_module("torchlens.checks").audit_params

    model, target, _, loss = _task(build, batch)
    loss(model(batch), target).backward()
    return any(each.severity != "info" for each in audit_params(model).findings)


TOOLS: dict[str, Callable[..., bool]] = {
    "initlint": call_initlint, "torchtest2": call_torchtest2, "torch-audit": call_torch_audit, "syndset": call_syndset,
    "torchdiag": call_torchdiag, "neural-net-checklist": call_neural_net_checklist, "anyinit": call_anyinit,
    "torchlens": call_torchlens,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
