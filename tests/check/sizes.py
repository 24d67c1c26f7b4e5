#!/usr/bin/env python3
"""Small files, small functions: a source file stops at 400 lines, a function at 60.

Tables of data are exempt where they are named below, each with its reason.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE_LINES, FUNCTION_LINES = 400, 60
EXEMPT = {
    "reports/strings.cpp": "a table of texts in four languages",
}


def strip(text):
    """Removes comments, strings and characters, keeping line numbers."""
    keep_lines = lambda match: "\n" * match.group(0).count("\n")
    text = re.sub(r'R"(\w*)\((?:.|\n)*?\)\1"', keep_lines, text)
    text = re.sub(r"//[^\n]*|/\*(?:.|\n)*?\*/", keep_lines, text)
    text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
    return re.sub(r"(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", "' '", text)


def functions(text):
    """Yields (first line, lines) of each brace block that is a function body."""
    stack = []
    line = 1
    statement = ""
    for c in text:
        if c == "\n":
            line += 1
        if c == "{":
            head = statement.strip()
            named = re.search(r"\)\s*(const|noexcept|override|final|mutable|->[^{};]*|:[^{};]*)*\s*$", head)
            scope = re.search(r"\b(namespace|class|struct|enum|union)\b[^()]*$", head)
            control = re.match(r"(if|for|while|switch|else|do|catch)\b", head)
            stack.append((line, bool(named) and not scope and not control))
            statement = ""
        elif c == "}":
            if stack:
                first, is_function = stack.pop()
                if is_function and not any(outer for _, outer in stack):
                    yield first, line - first + 1
            statement = ""
        elif c == ";":
            statement = ""
        else:
            statement += c


def check(path):
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text()
    lines = text.count("\n")
    if name not in EXEMPT and lines > FILE_LINES:
        yield f"{name}: {lines} lines, at most {FILE_LINES}"
    for first, length in functions(strip(text)):
        if length > FUNCTION_LINES:
            yield f"{name}:{first}: a function of {length} lines, at most {FUNCTION_LINES}"


def main():
    files = [p for top in ("pipeline", "extractors", "rules", "reports", "tests")
             for p in sorted((ROOT / top).rglob("*")) if p.suffix in (".h", ".cpp")]
    assert len(files) > 20, "no sources found: wrong folder?"
    problems = [problem for path in files for problem in check(path)]
    print("\n".join(problems) or f"sizes: {len(files)} files are small")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
