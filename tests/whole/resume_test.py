#!/usr/bin/env python3
"""A run may end at any byte: the same command goes on and gives the bytes of the undisturbed run."""
import os
import resource
import signal
import subprocess
import time

from support import BINARY, CLOCK, WholeTest, main, make_evidence, sha256


DIES = signal.SIG_DFL   # the kernel kills the process when a file that it writes would grow beyond the limit
FULL = signal.SIG_IGN   # writing beyond the limit fails with an error, as on a full disk


def disposition(action):
    def prepare():
        signal.signal(signal.SIGXFSZ, action)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return prepare


class Resume(WholeTest):
    def setUp(self):
        super().setUp()
        self.evidence = make_evidence(self.folder / "evidence", 5, files=80)
        limits = self.folder / "limits"
        limits.write_text("page_bytes=65536\nmargin_bytes=4096\nresident_bytes=65536\n")
        self.extra = ("--limits", limits, "--no-reports", "--threads", "3")
        whole = self.folder / "whole"
        self.run_case(whole, self.evidence, extra=self.extra)
        self.expected = sha256(whole / "results.sqlite")
        self.size = (whole / "results.sqlite").stat().st_size

    def resumes(self, case):
        self.run_case(case, self.evidence, extra=self.extra)
        self.assertEqual(sha256(case / "results.sqlite"), self.expected)
        self.assertFalse((case / "working").exists())
        self.evtriage("verify", case, code=0)

    def limited(self, case, size, action):
        """A run whose files may not grow beyond `size` from its first record on.

        Not from its start: the limit would hold for the shared memory of the worker processes as well.
        """
        command = [BINARY, "run", self.evidence, "--case", case, "--fixed-clock", CLOCK, "--progress", "none", *self.extra]
        with subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              preexec_fn=disposition(action)) as process:
            while process.poll() is None and not (case / "working/journal.log").exists():
                time.sleep(0.001)
            if process.poll() is None:
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, size))
            _, err = process.communicate(timeout=120)
        return process.returncode, err

    def test_killed_at_many_sizes(self):
        died = 0
        for step in range(12):
            case = self.folder / f"killed{step}"
            size = 300 + step * self.size // 11
            code, _ = self.limited(case, size, DIES)
            if code == -signal.SIGXFSZ:
                died += 1
                self.resumes(case)
        self.assertGreater(died, 6, "the limit must have killed most runs")

    def test_full_disk(self):
        failed = 0
        for step in range(8):
            case = self.folder / f"full{step}"
            code, err = self.limited(case, 2000 + step * self.size // 8, FULL)
            if code in (0, 2):
                continue
            failed += 1
            self.assertEqual(code, 3, err.decode())
            self.assertIn(b"evtriage: ", err)
            self.resumes(case)
        self.assertGreater(failed, 3)

    def test_killed_twice_then_finished(self):
        case = self.folder / "twice"
        for size in (self.size // 6, self.size // 3):
            self.limited(case, size, DIES)
        self.resumes(case)

    def test_ctrl_c_stops_cleanly(self):
        big = self.folder / "big"
        big.mkdir()
        for i in range(400):
            (big / f"{i}.bin").write_bytes(os.urandom(1) * 1_000_000)
        case = self.folder / "interrupted"
        command = [BINARY, "run", str(big), "--case", str(case), "--fixed-clock", CLOCK, "--progress", "none", "--no-reports"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            while process.poll() is None and not (case / "working/journal.log").exists():
                time.sleep(0.005)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        self.assertIn(process.returncode, (130, 0), err)
        if process.returncode == 130:
            self.assertIn(b"run the same command again", err)
            self.assertFalse((case / "results.sqlite").exists())
        else:
            self.skipTest("the run was over before the signal")
        self.run_case(case, big, extra=("--no-reports",))
        self.evtriage("verify", case, code=0)

    def test_a_stop_inside_one_large_item_is_heeded(self):
        big = self.folder / "one"
        big.mkdir()
        words = "".join(f"<p>Passport {i} is kept in the office until the fee of {i} is paid.</p>\n" for i in range(900_000))
        (big / "page.html").write_text("<html><body>" + words)
        case = self.folder / "stopped"
        command = [BINARY, "run", str(big), "--case", str(case), "--fixed-clock", CLOCK, "--progress", "none", "--no-reports"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            while process.poll() is None and not (case / "working/journal.log").exists():
                time.sleep(0.005)
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            sent = time.monotonic()
            _, err = process.communicate(timeout=60)
            took = time.monotonic() - sent
        if process.returncode == 0:
            self.skipTest("the run was over before the signal")
        self.assertEqual(process.returncode, 130, err)
        self.assertLess(took, 4, "1.5 s of grace, and a slow machine")
        self.assertIn(b"run the same command again", err)
        self.assertIn('"interrupted"', (case / "custody.jsonl").read_text())
        self.run_case(case, big, extra=("--no-reports",))
        self.evtriage("verify", case, code=0)

    def test_another_analysis_is_refused_and_changes_nothing(self):
        case = self.folder / "other"
        self.limited(case, self.size // 5, DIES)
        before = {p: sha256(p) for p in case.rglob("*") if p.is_file()}
        result = self.evtriage("run", self.evidence, "--case", case, "--fixed-clock", CLOCK, "--progress", "none",
                               *self.extra, "--hash", "sha256", code=64)
        self.assertIn(b"hashes=", result.stderr)
        self.assertEqual({p: sha256(p) for p in case.rglob("*") if p.is_file()}, before)
        self.resumes(case)


if __name__ == "__main__":
    main()
