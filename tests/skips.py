"""A pytest plugin: where CAMPAPP_TEST_SKIPS=forbidden, a run that skipped anything has failed."""

import os

import pytest

FORBIDDEN = os.environ.get("CAMPAPP_TEST_SKIPS") == "forbidden"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a pass into a failure; which tests were skipped and why, pytest's own summary says."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    if FORBIDDEN and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in words that nothing may be skipped here, or what would be tested with more services."""
    count = len(terminalreporter.stats.get("skipped", ()))
    if count and FORBIDDEN:
        terminalreporter.line(f"{count} tests were skipped, and none may be here", red=True)
    elif count:
        terminalreporter.line(f"{count} tests were skipped: the reasons stand above", yellow=True)
