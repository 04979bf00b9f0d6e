"""`python -m setup STEP …`: what the Makefile's targets are made of."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from setup import browser, catalogues, environment, frontend, lock
from setup.say import SetupError

ROOT = Path(__file__).resolve().parent.parent


def fetch_everything() -> None:
    """The environment and the front-end files at once: each waits mostly for the network or the disk."""
    with ThreadPoolExecutor() as pool:
        for fetching in [pool.submit(environment.install, ROOT), pool.submit(frontend.fetch, ROOT)]:
            fetching.result()


def renew_kinship() -> None:
    """The table of words of a kind, of a local model."""
    from setup import kinship  # why: it needs the environment, which other steps only make

    kinship.renew(ROOT)


STEPS: dict[str, Callable[[], None]] = {
    "everything": fetch_everything,
    "environment": lambda: environment.install(ROOT),
    "front-end": lambda: frontend.fetch(ROOT),
    "catalogues": lambda: catalogues.compile_stale(ROOT),
    "translate": lambda: catalogues.translate(ROOT),
    "browser": browser.provide,
    "lock": lambda: lock.renew(ROOT),
    "kinship": renew_kinship,
}


def main(steps: list[str]) -> int:
    """Take the steps in turn; the first that cannot be taken says why and ends it."""
    try:
        for step in steps:
            STEPS[step]()
    except SetupError as error:
        print(f"campapp: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
