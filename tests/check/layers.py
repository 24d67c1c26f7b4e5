#!/usr/bin/env python3
"""Dependencies go one way: fails on every #include of our own headers that the table does not allow.

extractors, rules and reports know the core; the core knows nobody; only pipeline/app knows everybody.
Between folders only the doors may be included; inner headers stay inside.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORE = "pipeline/core"
FAMILIES = ("archive", "disk", "image", "media", "office", "ole", "outlook", "pdf", "phone", "plain")  # of parsers, each a folder
# folder -> folders whose doors it may include (core is all doors)
MAY = {
    "pipeline/core": set(),
    "pipeline/evidence": {CORE},
    "pipeline/custody": {CORE},
    "pipeline/store": {CORE, "pipeline/custody"},
    "pipeline/engine": {CORE},
    "pipeline/sandbox": {CORE},
    "pipeline/search": {CORE, "pipeline/store", "rules"},
    "pipeline/partner": {CORE, "pipeline/custody", "pipeline/store"},
    "extractors": {CORE, "extractors/contacts"},
    "extractors/contacts": {CORE, "extractors"},
    "extractors/shared": {CORE},  # what several families need and no library gives
    **{f"extractors/{family}": {CORE, "extractors", "extractors/shared"} for family in FAMILIES},
    "extractors/workers": {CORE, "pipeline/sandbox", "extractors", *(f"extractors/{family}" for family in FAMILIES)},
    "rules": {CORE},
    "reports": {CORE, "pipeline/store", "pipeline/custody"},
    "pipeline/app": {CORE, "pipeline/evidence", "pipeline/custody", "pipeline/store", "pipeline/engine", "pipeline/sandbox",
                     "pipeline/search", "pipeline/partner", "extractors", "extractors/contacts", "extractors/plain", "rules", "reports"},
}
DOORS = {
    "pipeline/evidence": {"evidence.h"},
    # beside the door, what a package's own proofs and their check are made of
    "pipeline/custody": {"custody.h", "canonical_json.h", "event_line.h", "merkle_proof.h", "seal_text.h"},
    "pipeline/store": {"store.h"},
    "pipeline/engine": {"flow.h", "spool.h", "identify.h", "examine.h", "digest.h"},
    "pipeline/sandbox": {"sandbox.h", "worker.h"},
    "pipeline/search": {"search.h"},
    "pipeline/partner": {"partner.h"},
    "extractors": {"builtin.h", "formats.h", "encoding.h", "html_text.h", "transfer.h", "entities.h", "mime.h", "shape.h", "spooled.h", "suffix.h"},
    **{f"extractors/{family}": {f"{family}.h"} for family in FAMILIES},
    "extractors/contacts": {"explain.h"},
    "extractors/shared": {"inflate.h", "inflate_block.h", "lzfu.h"},
    "rules": {"rules.h", "fold.h", "measure.h"},
    "reports": {"reports.h", "partner_files.h"},
}
# package header -> folders that may include it
PACKAGES = {
    r"tbb/|oneapi/": {"pipeline/engine/flow_tbb.cpp", "pipeline/search/search.cpp"},
    r"sqlite3\.h": {"pipeline/store", "pipeline/custody"},
    r"openssl/": {"pipeline/custody", "pipeline/partner", "pipeline/engine", "pipeline/store", "extractors/ole/office_crypto.cpp",
                  "extractors/phone/backup_key.cpp", "extractors/contacts/digests.cpp", "reports/uuid.cpp"},
    r"xlsxwriter": {"reports/xlsx.cpp"},
    r"zlib\.h": {"extractors/shared/inflate.cpp", "pipeline/partner/zip.cpp"},
    r"libdeflate\.h": {"extractors/shared/inflate_block.cpp"},
    r"tsk/": {"extractors/disk/tsk.h"},
    r"archive(_entry)?\.h": {"extractors/archive/library.cpp"},
    r"re2/": {"rules", "pipeline/search/query.cpp"},
    r"yaml-cpp/": {"rules", "pipeline/partner/profile.cpp"},
    r"magic\.h": {"pipeline/engine"},
    r"poppler/": {"extractors/pdf"},
    r"exiv2/": {"extractors/image"},
    r"MediaInfo/": {"extractors/media/media.cpp"},
    r"phonenumbers/": {"extractors/contacts"},
    r"libpff|libbfio": {"extractors/outlook/pff.cpp", "extractors/outlook/pff_io.cpp", "extractors/outlook/pff_io.h"},
    r"boost/": {"pipeline/app"},
    r"zstd": {"pipeline/store", "pipeline/custody"},
    r"seccomp\.h|linux/(seccomp|landlock|capability)\.h": {"pipeline/sandbox"},
}


def folder_of(path):
    parts = path.split("/")
    for length in (2, 1):
        name = "/".join(parts[:length])
        if name in MAY and len(parts) > length:
            return name
    return None


def check(path, text):
    own = folder_of(path)
    for number, line in enumerate(text.splitlines(), 1):
        quoted = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if quoted:
            target = quoted.group(1)
            other = folder_of(target)
            if target.endswith(".inc") or other is None:
                if other is None:
                    yield f"{path}:{number}: include from the repository root, not {target}"
                continue
            if re.fullmatch(r"extractors/\w+/worker\.cpp", path) and target == "pipeline/sandbox/worker.h":
                continue  # the executables in which formats run; the formats themselves know nothing of cages
            if other != own and other not in MAY[own]:
                yield f"{path}:{number}: {own} must not know {other}"
            elif other != own and other != CORE and target.split("/")[-1] not in DOORS[other]:
                yield f"{path}:{number}: {target} is inside {other}; only its door may be included"
        package = re.match(r"\s*#\s*include\s+<([^>]+)>", line)
        if package:
            for pattern, allowed in PACKAGES.items():
                if re.match(pattern, package.group(1)) and own not in allowed and path not in allowed:
                    yield f"{path}:{number}: <{package.group(1)}> belongs to {', '.join(sorted(allowed))}"


def sources():
    for top in ("pipeline", "extractors", "rules", "reports"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path.relative_to(ROOT).as_posix(), path.read_text()


def main():
    files = list(sources())
    assert len(files) > 20, "no sources found: wrong folder?"
    problems = [problem for path, text in files for problem in check(path, text)]
    problems += [f"{path}: no folder of the table" for path, _ in files if folder_of(path) is None]
    print("\n".join(problems) or f"layers: {len(files)} files agree with the table")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
