"""Keys by openssl, packages opened by openssl and unzip, and the rules of BagIt and RFC 9162 in Python alone."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess

from support import SAMPLE, WholeTest

AFTER = "2040-01-15T10:00:00Z"  # later than the certificates that the test makes


def tool(*words, cwd=None, env=None):
    return subprocess.run([str(w) for w in words], capture_output=True, cwd=cwd, env={**os.environ, **(env or {})}, check=False)


def make_keys(folder):
    folder.mkdir()
    script = """umask 077
    rsa() { openssl req -x509 -newkey rsa:3072 -nodes -keyout $1.key -out $1.pem -days 9000 -subj "$2" -addext extendedKeyUsage=emailProtection; }
    ec() { openssl req -x509 -utf8 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $1.key -out $1.pem -days 9000 -subj "$2" -addext extendedKeyUsage=emailProtection; }
    rsa lab "/CN=Test Laboratory"; ec labec "/CN=Test Laboratory/O=EC"; rsa rec "/CN=Recipient One"; ec recec "/O=Parquet général/CN=Recipient Two"; ec other "/CN=Test Laboratory"
    openssl genpkey -algorithm ed25519 -out ed.key; openssl pkey -in ed.key -pubout -out ed.pub
    openssl genpkey -algorithm ed25519 -out ed2.key; openssl pkey -in ed2.key -pubout -out ed2.pub
    openssl req -x509 -key ed.key -out ed.pem -days 9000 -subj "/CN=Ed"
    openssl pkcs8 -topk8 -in lab.key -passout pass:opensesame -out locked.key; echo opensesame > pass
    openssl req -x509 -newkey rsa:2048 -nodes -keyout weak.key -out weak.pem -days 9000 -subj /CN=weak
    openssl req -x509 -key ed.key -out old.pem -days -1 -subj /CN=old || true
    cp lab.key open.key; chmod 644 open.key"""
    done = tool("sh", "-ec", script, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder


def leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def root_of(leaves):
    """MTH of RFC 6962, section 2.1, as it is written there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + root_of(leaves[:k]) + root_of(leaves[k:])).digest()


def root_by_proof(index, size, digest, path):
    """RFC 9162, section 2.1.3.2; None: the path has another length than it must have."""
    fn, sn, r = index, size - 1, digest
    for p in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = hashlib.sha256(b"\1" + p + r).digest()
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = hashlib.sha256(b"\1" + r + p).digest()
        fn, sn = fn >> 1, sn >> 1
    return r if sn == 0 else None


def bag_problems(bag):
    """The rules of RFC 8493 that a bag can break."""
    problems = []
    if (bag / "bagit.txt").read_bytes() != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        problems.append("bagit.txt")
    info = dict(line.split(": ", 1) for line in (bag / "bag-info.txt").read_text().splitlines())
    payload = [p for p in (bag / "data").rglob("*") if p.is_file()]
    if info["Payload-Oxum"] != f"{sum(p.stat().st_size for p in payload)}.{len(payload)}":
        problems.append("Payload-Oxum")
    listed = {}
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in (bag / manifest).read_text().splitlines():
            digest, name = line.split("  ", 1)
            if name in listed:
                problems.append(f"{name} twice")
            listed[name] = digest
            if (manifest[0] == "m") != name.startswith("data/"):
                problems.append(f"{name} in {manifest}")
            if not (bag / name).is_file() or hashlib.sha256((bag / name).read_bytes()).hexdigest() != digest:
                problems.append(name)
    for path in payload:
        if path.relative_to(bag).as_posix() not in listed:
            problems.append(f"{path} is not in the manifest")
    for tag in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt"):
        if tag not in listed:
            problems.append(f"{tag} is not in the tag manifest")
    return problems


class PackageTest(WholeTest):
    @classmethod
    def setUpClass(cls):
        cls.shared = pathlib.Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
        cls.addClassCleanup(shutil.rmtree, cls.shared, ignore_errors=True)
        cls.keys = make_keys(cls.shared / "keys")
        cls.case = cls.shared / "case"
        cls().run_case(cls.case, SAMPLE, extra=("--no-reports", "--case-number", "2026/014", "--agency", "Brigade é"))

    def package(self, out, *extra, case=None, recipients=("rec.pem",), sign=("lab.key", "ed.key"), certificate="lab.pem", code=0, clock=AFTER, disclosure="full"):
        return self.evtriage("package", case or self.copy_of_case(), "--recipient", *(self.keys / r for r in recipients), "--sign", *(self.keys / s for s in sign),
                             "--certificate", self.keys / certificate, "--out", out, *(("--disclosure", disclosure) if disclosure else ()), *(("--fixed-clock", clock) if clock else ()), *extra, code=code)

    def copy_of_case(self, name="copy"):
        target = self.folder / f"{name}{len(list(self.folder.iterdir()))}"
        shutil.copytree(self.case, target)
        return target

    def open_package(self, files, recipient="rec", name="p"):
        """openssl and unzip, as the instructions say; gives the bag's folder."""
        archive = self.folder / f"{name}.zip"
        with open(archive, "wb") as out:
            for file in files:
                done = tool("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", file, "-recip", self.keys / f"{recipient}.pem",
                            "-inkey", self.keys / f"{recipient}.key")
                self.assertEqual(done.returncode, 0, done.stderr)
                out.write(done.stdout)
        self.assertEqual(tool("unzip", "-tq", archive).returncode, 0)
        target = self.folder / name
        self.assertEqual(tool("unzip", "-q", archive, "-d", target).returncode, 0)
        (bag,) = target.iterdir()
        return bag

    def verify_sh(self, bag, *pins, every=False):
        return tool("sh", bag / "data/verify.sh", *(self.keys / p for p in pins), env={"PROOFS": "all" if every else "3"})


def rows(path):
    return [json.loads(line) for line in path.read_text().splitlines()]
