#!/usr/bin/env python3
"""Every test on disk runs, and every source has its test.

A *_test.cpp that no CMakeLists.txt names fails; a product .cpp without tests/<same path>_test.cpp fails
unless NO_TEST names the test that covers it.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def listed_in_cmake():
    names = set()
    for cmake in (ROOT / "tests").rglob("CMakeLists.txt"):
        for name in re.findall(r"[\w./-]+_test\.cpp", cmake.read_text()):
            names.add((cmake.parent / name).resolve())
    return names


def covered(path, tests):
    """The test that the first comment names, or the mirror of the path."""
    head = path.read_text()[:1500]
    named = re.findall(r"tests/[\w/.-]+_test\.(?:cpp|py|sh)|tests/\w[\w/]*", head)
    mirror = ROOT / "tests" / path.relative_to(ROOT).with_name(path.stem + "_test.cpp")
    return mirror in tests or any((ROOT / name).exists() for name in named)


def main():
    tests = {p.resolve() for p in (ROOT / "tests").rglob("*_test.cpp")}
    assert len(tests) > 5, "no tests found: wrong folder?"
    problems = [f"{p.relative_to(ROOT)}: no CMakeLists.txt lists it" for p in sorted(tests - listed_in_cmake())]
    for top in ("pipeline", "extractors", "rules", "reports"):
        for path in sorted((ROOT / top).rglob("*.cpp")):
            name = path.relative_to(ROOT).as_posix()
            if not covered(path, tests):
                problems.append(f"{name}: the test that its first comment names does not exist")
    print("\n".join(problems) or f"listed: all {len(tests)} test files run")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
