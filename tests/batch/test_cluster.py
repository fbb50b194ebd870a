"""The same batch on a Dask cluster of two worker processes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plsp_audit.batch import cluster as module
from plsp_audit.batch.cluster import Cluster
from plsp_audit.batch.executors import ExecutorError, Serial
from plsp_audit.batch.work import Failed, Outcome, Settings, Task
from plsp_audit.cli.app import run as cli
from tests.batch.factory_batch import Ear, batch, contents, write_many
from tests.batch.test_executors import KILLER, deadly

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster whose workers come back however often they are killed: a local one else gives up who is not there."""
    import dask
    import distributed

    dask.config.set({"distributed.deploy.lost-worker-timeout": "1 hour"})
    make: Any = distributed.LocalCluster
    with make(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1") as made:
        yield made


@pytest.fixture
def address(cluster: Any) -> str:
    """Where the cluster is; workers that an earlier test has killed are back by then."""
    from distributed import Client

    make: Any = Client
    with make(cluster, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)
    return str(cluster.scheduler_address)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_many(tmp_path_factory.mktemp("x") / "s", 120)
    path = folder / "00" / "s-00003.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "evidence: {场所面积: [a.jpg, b.jpg]}\n", encoding="utf-8")
    (folder / "00" / "a.jpg").write_bytes(b"one")
    return folder


def test_the_same_bytes(sites: Path, address: str, tmp_path: Path) -> None:
    here, there = Ear(), Ear()
    batch([sites], tmp_path / "here", here, workers=1)
    ending = batch([sites], tmp_path / "there", there, executor=address)
    assert (ending.sites, ending.failed) == (117, 3)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert there.warned == here.warned
    assert any("b.jpg" in said for said in there.warned)


def test_standards_of_ones_own_travel_with_the_work(
    sites: Path, address: str, standards: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    shutil.copytree(standards / "ningxia-2018", own / "ningxia-2018")
    pack = own / "ningxia-2018" / "standard.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("from: 86", "from: 87"), encoding="utf-8")
    (own / "broken").mkdir()
    (own / "broken" / "standard.yaml").write_text("plsp: standard/1\nid: broken\n", encoding="utf-8")
    (tmp_path / "in").mkdir()
    for name, standard in (("s-00000", "ningxia-2018"), ("s-00001", "broken")):
        text = (sites / "00" / f"{name}.yaml").read_text(encoding="utf-8").replace("ningxia-2018", standard)
        (tmp_path / "in" / f"{name}.yaml").write_text(text, encoding="utf-8")
    settings = Settings(folders=(str(own),))
    ending = batch([tmp_path / "in"], tmp_path / "here", settings=settings)
    batch([tmp_path / "in"], tmp_path / "there", settings=settings, executor=address)
    assert (ending.sites, ending.failed) == (1, 1)
    assert str(own / "broken") in ending.errors[0].file
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_a_worker_that_is_killed_costs_nothing(sites: Path, cluster: Any, address: str, tmp_path: Path) -> None:
    class Killer(Ear):
        def step(self, done: int, failed: int) -> None:
            if not self.steps:
                os.kill(next(iter(cluster.workers.values())).process.process.pid, signal.SIGKILL)
            super().step(done, failed)

    batch([sites], tmp_path / "here", workers=1)
    assert not batch([sites], tmp_path / "there", Killer(), executor=address).unwritten
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_a_site_that_kills_is_given_up_alone(sites: Path, address: str) -> None:
    tasks = [Task(str(path)) for path in sorted(sites.rglob("s-0001*.yaml"))][:4]
    expected: list[Outcome] = next(iter(Serial(Settings()).run([tasks], list)))[1]
    made = Cluster(Settings(), address, deadly)
    try:
        ((_, found),) = made.run([tasks], list)
    finally:
        made.close()
    at = next(n for n, task in enumerate(tasks) if KILLER in task.file)
    assert isinstance(found[at], Failed)
    assert [o for n, o in enumerate(found) if n != at] == [o for n, o in enumerate(expected) if n != at]


@pytest.mark.parametrize("address", ["nonsense", "10.0.0.1:8786", "http://127.0.0.1:1", "tcp://127.0.0.1"])
def test_what_is_no_address_is_a_mistake_of_usage(
    sites: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert cli(["batch", str(sites), "--json", "--executor", address]) == 2
    assert "tcp://" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("tcp://127.0.0.1:1", "没有程序在等"),
        ("tcp://[::1]:1", "没有程序在等"),
        ("tcp://乌有.invalid:8786", "不认识“乌有.invalid”"),
    ],
)
def test_a_cluster_that_is_not_there_is_told_before_dask_tries(
    monkeypatch: pytest.MonkeyPatch, address: str, word: str
) -> None:
    import distributed

    monkeypatch.setattr(module, "_KNOCKS", 1)
    monkeypatch.setattr(distributed, "Client", None)
    with pytest.raises(ExecutorError, match=word):
        Cluster(Settings(), address)


def test_what_listens_and_is_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ANSWER", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(ExecutorError, match="不是 dask 调度器"):
        Cluster(Settings(), f"tcp://127.0.0.1:{server.getsockname()[1]}")


def test_workers_of_another_version_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOOL", "plsp-audit 99")
    with pytest.raises(ExecutorError, match="99"):
        Cluster(Settings(), address)


def test_without_an_executor_dask_is_not_imported(sites: Path) -> None:
    code = ("import sys; from plsp_audit.cli.app import run; run(['batch', sys.argv[1], '--json']); "
            "assert not {'dask', 'distributed', 'weasyprint', 'xlsxwriter'} & set(sys.modules)")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code, str(sites / "00" / "s-00001.yaml")], check=False)
    assert done.returncode == 0
