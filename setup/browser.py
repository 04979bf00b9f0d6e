"""A Chromium for the browser tests, with letters for Chinese: Debian's own, where it may be installed."""

import os
import shutil
import subprocess

from setup.say import say

NAMES = ("chromium", "chromium-browser", "google-chrome")


def provide() -> None:
    """Install Chromium by apt where there is none and we may; otherwise say what will be skipped."""
    if os.environ.get("CAMPAPP_CHROMIUM") or any(map(shutil.which, NAMES)):
        return
    if shutil.which("apt-get") and os.geteuid() == 0 and _apt_install("chromium", "fonts-noto-cjk"):
        return
    say("no Chromium found: the browser tests will be skipped (Debian: apt install chromium fonts-noto-cjk)")


def _apt_install(*packages: str) -> bool:
    say(f"installing {', '.join(packages)} by apt")
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    return all(_succeeds(command) for command in (["apt-get", "update", "-q"], install))


def _succeeds(command: list[str]) -> bool:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, check=False, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return done.returncode == 0
