#!/usr/bin/python3
"""Completion in bash and zsh, and the manual. Usage: test_shell.py TRUCE SOURCE_DIR"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
NEUTRAL = SOURCE / "scenarios" / "neutral-a-b.yaml"
BASH = SOURCE / "src/cli/shell/truce.bash"


class ShellTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = pathlib.Path(folder.name)
        subprocess.run([TRUCE, "run", NEUTRAL, "-n", "20", "-o", "r.h5", "--quiet"], cwd=cls.path, check=True)

    def offered(self, *words):
        done = subprocess.run([TRUCE, "complete", str(len(words)), "--", "truce", *map(str, words)], capture_output=True,
                              text=True, cwd=self.path)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout.split()

    def test_the_program_says_what_may_come(self):
        verbs = self.offered("")
        for verb in ("run", "table", "dossier", "--version"):
            self.assertIn(verb, verbs)
        self.assertFalse({"complete", "manual"} & set(verbs))
        self.assertEqual(["sensitivity"], self.offered("sens"))
        self.assertIn("--seed", self.offered("run", "--s"))
        self.assertIn("word=", self.offered("run", NEUTRAL, "--set", "wo"))
        self.assertIn("duration", self.offered("table", "r.h5", "--outcome", ""))
        self.assertIn("collapsed", self.offered("table", "r.h5", "--ending", ""))
        self.assertEqual({"md", "csv", "latex", "html"}, set(self.offered("table", "r.h5", "--format", "")))
        self.assertIn("duration", self.offered("show", "r.h5", "du"))
        self.assertEqual({"scenario", "study", "record", "words", "results"}, set(self.offered("schema", "")))
        self.assertEqual([], self.offered("run", ""))
        self.assertEqual([], self.offered("nothing", "--x"))

    def complete_in_bash(self, line):
        words = line.split(" ")
        quoted = " ".join(f"'{w}'" for w in words)
        script = (f"source {BASH}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; COMP_LINE='{line}'; "
                  "compopt() { :; }; _truce; printf '%s\\n' \"${COMPREPLY[@]}\"")
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=self.path,
                              env=dict(os.environ, PATH=f"{TRUCE.parent}:{os.environ['PATH']}"))
        self.assertEqual("", done.stderr)
        return done.stdout.split()

    def test_bash_offers_it(self):
        self.assertEqual(["sensitivity"], self.complete_in_bash("truce sens"))
        self.assertIn("word=", self.complete_in_bash(f"truce run {NEUTRAL} --set wo"))
        self.assertIn("--format", self.complete_in_bash("truce table r.h5 --f"))
        self.assertEqual([], self.complete_in_bash("truce run "))

    def test_zsh_reads_its_file(self):
        if not shutil.which("zsh"):
            self.skipTest("there is no zsh")
        script = ("words=(truce sens); CURRENT=2; compadd() { print -l -- ${@:#--}; }; _files() { print files; }; "
                  f"source {SOURCE / 'src/cli/shell/_truce'}")
        done = subprocess.run(["zsh", "-f", "-c", script], capture_output=True, text=True, cwd=self.path,
                              env=dict(os.environ, PATH=f"{TRUCE.parent}:{os.environ['PATH']}"))
        self.assertEqual(("sensitivity\n", ""), (done.stdout, done.stderr))

    def test_the_manual_has_every_verb_and_every_option(self):
        page = subprocess.run([TRUCE, "manual"], capture_output=True, text=True, check=True).stdout
        for verb in self.offered(""):
            if verb.startswith("-"):
                continue
            self.assertIn(f".SS truce {verb}\n", page)
            for option in self.offered(verb, "--"):
                self.assertIn(option.replace("-", "\\-"), page)
        for line in page.splitlines():
            if line.startswith((".", "'")):
                self.assertRegex(line, r"^\.(TH|SH|SS|TP|PP|B|I|nf|fi)\b")
        if shutil.which("man"):
            done = subprocess.run(["man", "--warnings=all", "-l", "-"], input=page, capture_output=True, text=True,
                                  env=dict(os.environ, MANWIDTH="80", MAN_KEEP_FORMATTING="", LC_ALL="C.UTF-8"))
            self.assertEqual("", re.sub(r"(?m)^.*(can't break line|cannot adjust line|cannot break line).*\n?", "", done.stderr))
            self.assertIn("dossier", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
