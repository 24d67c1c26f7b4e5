#!/usr/bin/env python3
"""What the product's sources must not hold, each with the files that may, and why.

Also: every source opens with a comment of two lines or more that names its test.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/check"))
from sizes import strip  # noqa: E402

APP = r"pipeline/app/"
# (pattern over code without comments and strings, allowed paths, reason)
BANS = [
    (r"\bthread_local\b", r"$^", "state of a worker is a Scratch that is passed in"),
    (r"\bstd::(?:recursive_|shared_)?mutex\b", r"pipeline/(store|engine|evidence|custody|sandbox|app)/", "threads meet in the engine, the store and the pool of workers"),
    (r"\bstd::(?:cout|cerr|clog|printf)\b|\b(?:printf|puts|perror)\s*\(", APP, "libraries do not print"),
    (r"(?<!XmpParser::)\b(?:std::)?(?:exit|abort|quick_exit|terminate)\s*\(", APP, "libraries do not end the program"),
    (r"\bsetlocale\b|\bstd::locale\b", r"$^", "results must not depend on a locale"),
    (r"\bstd::regex\b", r"$^", "slow and unbounded; RE2 or hand-written code"),
    (r"\bsystem\s*\(|\bpopen\s*\(|\bexecv\w*\s*\(|\bfork\s*\(", r"pipeline/sandbox/(serve|zygote|caged_worker)\.\w+", "no shell-out; only the cage makes processes"),
    (r"\bthrow\b", r"$^", "errors are values"),
    (r"\bcatch\s*\(", r"pipeline/engine/examine\w*\.cpp|pipeline/app/|rules/pack_\w+\.cpp|rules/yaml\w*\.cpp|rules/measure\.cpp|pipeline/partner/profile\.cpp|pipeline/sandbox/serve\.cpp|extractors/(image/image|media/media)\.cpp",
     "one catch for an item, one for the program, one for each library that throws, one for the cage"),
    (r"\bsystem_clock\b|\bclock_gettime\b|\btime\s*\(\s*(?:NULL|nullptr|0)\s*\)|\bgettimeofday\b", APP + r"|pipeline/sandbox/(caged_worker|seccomp)\.cpp", "the clock is passed in; a worker's processor time is a limit, and named in the list of system calls"),
    (r"\brandom_device\b|\bgetrandom\b|\brand\s*\(", r"pipeline/sandbox/(caged_worker|seccomp)\.cpp", "nothing is random but the nonce of a request"),
    (r"\bsocket\s*\(|\bconnect\s*\(|\bgetaddrinfo\b", r"pipeline/sandbox/serve\.cpp", "no network; the cage tries in vain to open a socket"),
    (r"\bdynamic_cast\b|\bconst_cast\b", r"pipeline/store/|pipeline/custody/", "types are known"),
    (r"\bgoto\b", r"$^", ""),
    (r"\busing namespace\b", r"$^", ""),
]
RAW_BANS = [  # over the raw text
    (r"\bTO" r"DO\b|\bFIX" r"ME\b|\bXX" r"X\b", r"$^", "unfinished work belongs in the issue tracker"),
    (r"#\s*if\s+0\b", r"$^", "dead code"),
]
GLOBAL = re.compile(r"^(?:static\s+|inline\s+)?(?!using|namespace|class|struct|enum|template|typedef|extern|return|friend|constexpr|const|static_assert|union|concept|}|#)"
                    r"[A-Za-z_][\w:<>,&*\s]*\s[&*]?[a-zA-Z_]\w*\s*(?:=[^=()]*|\{[^()]*\})?;\s*$")


def check(name, text):
    code = strip(text)
    for number, line in enumerate(code.splitlines(), 1):
        for pattern, allowed, reason in BANS:
            if re.search(pattern, line) and not re.match(allowed, name):
                yield f"{name}:{number}: {line.strip()[:60]} -- {reason}"
        if GLOBAL.match(line) and not re.search(r"\bconst(?:expr|init)?\b", line):
            yield f"{name}:{number}: {line.strip()[:60]} -- nothing global that can change"
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, allowed, reason in RAW_BANS:
            if re.search(pattern, line) and not re.match(allowed, name):
                yield f"{name}:{number}: {line.strip()[:60]} -- {reason}"
    head = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        head.append(line)
    if len(head) < 2 or "ested by" not in " ".join(head):
        yield f"{name}:1: opens without two lines of why that name its test (Tested by ...)"


def main():
    files = [p for top in ("pipeline", "extractors", "rules", "reports")
             for p in sorted((ROOT / top).rglob("*")) if p.suffix in (".h", ".cpp")]
    assert len(files) > 20, "no sources found: wrong folder?"
    problems = [problem for path in files for problem in check(path.relative_to(ROOT).as_posix(), path.read_text())]
    print("\n".join(problems) or f"bans: {len(files)} files hold nothing banned")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
