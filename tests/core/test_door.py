"""The port of a park: held from before it is prepared, and told as it is."""

import os
import socket
from pathlib import Path

import pytest

from campapp.cli.serving import HOST, alone, hold, port_of
from campapp.settings import Settings


def test_two_parks_prepared_at_once_have_a_port_each() -> None:
    with hold(HOST, 0) as free:
        wanted = port_of(free)
    with hold(HOST, wanted) as first, hold(HOST, wanted) as second:
        assert port_of(first) == wanted
        assert port_of(second) != wanted


def test_who_comes_before_the_park_is_ready_waits_instead_of_being_refused() -> None:
    with hold(HOST, 0) as door, socket.create_connection((HOST, port_of(door)), timeout=5) as early:
        assert early.getpeername()[1] == port_of(door)


def test_where_nothing_can_be_served_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    for host in ("no.such.host.example", "192.0.2.1"):
        with pytest.raises(SystemExit):
            hold(host, 8000)
        assert host in capsys.readouterr().err


def in_another_process(chosen: Settings) -> int:
    """How it ends where somebody else wants to serve the same folder."""
    pid = os.fork()
    if pid == 0:
        try:
            with alone(chosen):
                os._exit(0)
        except SystemExit as refused:
            os._exit(int(str(refused.code)))
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_a_folder_that_is_served_is_neither_served_again_nor_thrown_away(tmp_path: Path) -> None:
    chosen = Settings(data=tmp_path)
    with alone(chosen):
        assert in_another_process(chosen) == 1
    assert in_another_process(chosen) == 0


def test_with_postgresql_as_many_serve_as_are_wanted(tmp_path: Path) -> None:
    chosen = Settings(data=tmp_path, database_url="postgresql://here/park")
    with alone(chosen):
        assert in_another_process(chosen) == 0
