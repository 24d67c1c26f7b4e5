#!/usr/bin/env python3
"""The checks can fail: each is given what it must find, and what it must leave alone."""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import bans  # noqa: E402
import layers  # noqa: E402
import sizes  # noqa: E402

HEAD = "// Why this is here.\n// Tested by tests/x_test.cpp.\n"
BANNED = ["static int counter = 0;", "int counter;", "std::vector<int> cache;", "void f() { throw 1; }", "std::regex r;",
          "thread_local int x;", "void f() { printf(\"x\"); }", "void f() { std::cout << 1; }", "using namespace std;",
          "void f() { abort(); }", "// TO" "DO later", "#if 0", "void f() { system(\"ls\"); }", "std::mutex m;"]
FINE = ["constexpr int kSize = 4;", "static const int kSize = 4;", "// we never throw", "const char* text = \"throw\";",
        "int f();", "return x;", "class A;", "inline constexpr std::size_t n = 4;"]
EDGES = [("rules/a.cpp", '#include "pipeline/store/store.h"', True), ("rules/a.cpp", '#include "pipeline/core/text.h"', False),
         ("pipeline/core/a.cpp", '#include "rules/rules.h"', True), ("reports/a.cpp", '#include "pipeline/store/journal.h"', True),
         ("reports/a.cpp", '#include "pipeline/store/store.h"', False), ("rules/a.cpp", "#include <sqlite3.h>", True),
         ("extractors/pdf/worker.cpp", '#include "pipeline/sandbox/worker.h"', False), ("extractors/pdf/pdf.cpp", '#include "pipeline/sandbox/worker.h"', True),
         ("extractors/pdf/worker.cpp", '#include "pipeline/sandbox/sandbox.h"', True), ("pipeline/sandbox/a.cpp", '#include "pipeline/engine/flow.h"', True),
         ("pipeline/engine/a.cpp", "#include <tbb/task_arena.h>", True), ("extractors/a.cpp", '#include "other.h"', True)]


def main():
    for line in BANNED:
        assert list(bans.check("rules/a.cpp", HEAD + line + "\n")), f"bans misses: {line}"
    for line in FINE:
        found = list(bans.check("rules/a.cpp", HEAD + line + "\n"))
        assert not found, f"bans flags: {line}: {found}"
    assert list(bans.check("rules/a.cpp", "int f();\n")), "bans misses a file without its why"
    for path, line, wrong in EDGES:
        assert bool(list(layers.check(path, line))) == wrong, f"layers is wrong on {path}: {line}"
    with tempfile.TemporaryDirectory() as folder:
        sizes.ROOT = pathlib.Path(folder)
        path = sizes.ROOT / "a.cpp"
        path.write_text("int f(int a) {\n" + "  a += 1;\n" * 59 + "  return a;\n}\n")
        assert list(sizes.check(path)), "sizes misses a long function"
        path.write_text("namespace a {\nint f(int a) {\n" + "  a += 1;\n" * 50 + "  return a;\n}\n" * 1 + "}\n")
        assert not list(sizes.check(path)), "sizes flags a short function"
        path.write_text("\n" * 401)
        assert list(sizes.check(path)), "sizes misses a long file"
    print("check_test: the checks find what they must")


if __name__ == "__main__":
    main()
