"""Memory is asked for before it is taken."""

from pathlib import Path

from campapp.engines.frame.errors import BadInput

try:
    import resource
except ImportError:  # Windows has no address space limit to ask
    resource = None  # type: ignore[assignment]

CEILING = 16 << 30
"""No single answer may take more, whatever the machine has."""

_MEMINFO = Path("/proc/meminfo")
_GROUPS = (
    (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")),
    (
        Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
        Path("/sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ),
)


def available() -> int:
    """Bytes that may still be taken: the least of machine, control group, process limit and ceiling."""
    return max(0, min(CEILING, _of_the_machine(), _of_the_group(), _of_the_process()))


def refuse(needed: int) -> None:
    """Raise BadInput when `needed` bytes are more than may be taken."""
    free = available()
    if needed > free:
        raise BadInput("$", f"needs about {_words(needed)} of memory, {_words(free)} are allowed")


def _of_the_machine() -> int:
    for line in _lines(_MEMINFO):
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) << 10
    return CEILING


def _of_the_group() -> int:
    for limit, usage in _GROUPS:
        most, used = "".join(_lines(limit)).strip(), "".join(_lines(usage)).strip()
        if most.isdigit() and used.isdigit():
            return int(most) - int(used)
    return CEILING


def _of_the_process() -> int:
    if resource is None:
        return CEILING
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY:
        return CEILING
    pages = "".join(_lines(Path("/proc/self/statm"))).split()
    return most - (int(pages[0]) * resource.getpagesize() if pages else 0)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []


def _words(size: int) -> str:
    return f"{size / (1 << 30):.1f} GB" if size >= 1 << 30 else f"{size / (1 << 20):.0f} MB"
