"""The port of a park: held from before it is prepared, and told as it is."""

import socket

import pytest

from campapp.cli.serving import HOST, hold, port_of


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
