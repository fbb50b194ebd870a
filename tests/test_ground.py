"""The ground everything stands on: packaging, house rules that no other tool checks, and a start without weight."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from plsp_audit import __version__

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50
HEAVY = ("weasyprint", "openpyxl", "docx", "lxml", "jinja2", "PIL", "pydantic", "typer", "click", "rich", "yaml")
LINK = re.compile(r"\b[a-z][a-z0-9+.]*://\S+|\bgit\+|\bfile:")
MACHINE_PATH = re.compile(r"(?<![\w./~$})>-])/(?:work|root|home/\w+|Users/\w+|tmp/\w+)(?=[/\s\"'`]|$)")
REGISTRIES = re.compile(
    r"\b(?:py" + r"pi\.org|python" + r"hosted\.org|npm" + r"js\.org|conda\.ana" + r"conda\.org|crates\." + r"io"
    r"|[\w.-]*mirrors?\.[\w-]+\.(?:com|cn|edu|org)[\w.]*|deb\.debian" + r"\.org)",
    re.IGNORECASE,
)


def key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [re.split(r"\s*;", line)[0].split("==") for line in lines if line and not line.startswith("#")]
    return {key(name): version for name, version in pairs}


def tracked() -> list[Path]:
    """Give the files of the repository, as far as git knows them here."""
    git = shutil.which("git")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False) if git else None
    if listed is None or listed.returncode:
        pytest.skip("not a git checkout, or no git")
    return [ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name and (ROOT / name).is_file()]


def text_lines() -> Iterator[tuple[str, str]]:
    """Give each line of each text file, with its place."""
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{path.relative_to(ROOT)}:{number}", line


def modules() -> list[Path]:
    return sorted((ROOT / "src").rglob("*.py"))


def test_every_dependency_is_pinned() -> None:
    table = project()["project"]
    assert isinstance(table, dict)
    wanted = list(table["dependencies"])
    for extra in table["optional-dependencies"].values():
        wanted += extra
    names = {key(re.split(r"[^\w.-]", item)[0]) for item in wanted}
    assert sorted(names - set(pins())) == []


def test_constraints_pin_exact_versions_and_name_no_place() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not LINK.search(text)
    assert not re.search(r"^\s*-|@|--hash", text, re.MULTILINE)
    assert all(re.fullmatch(r"[0-9][0-9A-Za-z.+!]*", version) for version in pins().values())
    assert "plsp-audit" not in pins()


def test_what_is_installed_is_what_is_pinned() -> None:
    from importlib.metadata import distributions

    installed = {key(dist.metadata["Name"]): dist.version for dist in distributions()}
    pinned = {name: version for name, version in pins().items() if name in installed and name != "pip"}
    assert {name: installed[name] for name in pinned} == pinned


def test_no_path_of_one_machine_in_the_repository() -> None:
    assert [place for place, line in text_lines() if MACHINE_PATH.search(line)] == []


def test_no_registry_is_named_in_the_repository() -> None:
    assert [place for place, line in text_lines() if REGISTRIES.search(line)] == []


@pytest.mark.parametrize("target", ["help", "setup", "test", "check", "demo", "bench", "fonts", "clean"])
def test_make_has(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_ci_runs_what_developers_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text(encoding="utf-8")


def test_the_demo_has_its_example() -> None:
    found = re.search(r"^DEMO \?= (\S+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert (ROOT / found[1]).is_file()


def test_the_licence_is_there() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert (ROOT / "reports" / "fonts" / "OFL.txt").is_file()


def test_modules_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert [f"{p.relative_to(ROOT)}: {n} lines" for p, n in lengths.items() if n > LONGEST_MODULE] == []


def test_functions_are_short() -> None:
    long = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines")
    assert long == []


def test_every_module_postpones_annotations() -> None:
    """So that the same annotation means the same in every module, whatever is imported only for typing."""

    def postpones(tree: ast.Module) -> bool:
        code = [n for n in tree.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
        names = [a.name for n in code if isinstance(n, ast.ImportFrom) and n.module == "__future__" for a in n.names]
        is_version = all(isinstance(n, ast.Assign) for n in code)
        return "annotations" in names or is_version

    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules()}
    assert [str(path.relative_to(ROOT)) for path, tree in trees.items() if not postpones(tree)] == []


def loaded_after(code: str) -> set[str]:
    """Give the top-level modules that are loaded after `code` ran in a fresh interpreter."""
    script = f"import sys\n{code}\nprint(' '.join(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_the_start_imports_nothing_heavy() -> None:
    loaded = loaded_after("import plsp_audit.cli.start")
    assert sorted(loaded.intersection(HEAVY)) == []


def test_the_version_is_told_before_anything_heavy_is_imported() -> None:
    loaded = loaded_after("import plsp_audit.cli.start as s; assert s.main(['--lang', 'en', '--version']) == 0")
    assert sorted(loaded.intersection(HEAVY)) == []
    assert not loaded.intersection({"importlib_metadata", "asyncio", "multiprocessing"})


@pytest.mark.parametrize("command", [["-m", "plsp_audit", "--version"]])
def test_the_module_can_be_run(command: list[str]) -> None:
    done = subprocess.run([sys.executable, *command], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == f"plsp-audit {__version__}\n"
