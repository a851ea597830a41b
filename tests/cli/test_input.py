#!/usr/bin/python3
"""What users write, and what they are told about it. Usage: test_input.py TRUCE SOURCE_DIR"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
NEUTRAL = SOURCE / "scenarios" / "neutral-a-b.yaml"

WAITS = """
truce: 1
horizon: 60
levels: {x: "empirical('waits.csv', 'days')"}
outcomes: {drawn: {value: x}}
"""
LISTED = f"""
study: 1
scenario: {NEUTRAL}
trials: 10
design: {{kind: list, file: points.csv}}
"""


class InputTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def truce(self, *arguments, expect=0, **options):
        done = subprocess.run([TRUCE, *map(str, arguments)], capture_output=True, text=True,
                              cwd=self.path, **options)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done

    def write(self, text, name="s.yaml"):
        file = self.path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def told(self, text, expect=2, name="s.yaml"):
        """What check says of a text."""
        return self.truce("check", self.write(text, name), expect=expect).stderr


class TableTest(InputTest):
    def test_observations_are_read_whole_or_refused(self):
        self.write('who,days\n"a, b",2\n"c\nd",3\ne,8.5\n', "waits.csv")
        self.assertEqual(self.told(WAITS, expect=0), "")
        done = self.truce("run", "s.yaml", "-n", 300, "--json", "--quiet")
        self.assertIn('"max": 8.5', done.stdout)
        for row, message in {"e": "5:1: error: 1 value for 2 names",
                             "e,": "5:3: error: a value is missing",
                             "e,1,5": "5:5: error: 3 values for 2 names",
                             'e,"1,5"': "5:4: error: '1,5' is no finite number; write a decimal",
                             "e,soon": "5:3: error: 'soon' is no finite number",
                             "e,nan": "5:3: error: 'nan' is no finite number"}.items():
            with self.subTest(row):
                self.write(f'who,days\n"a, b",2\n"c\nd",3\n{row}\n', "waits.csv")
                self.assertIn(f"waits.csv:{message}", self.told(WAITS))
        self.write("who,day\na,1\n", "waits.csv")
        self.assertIn("s.yaml:4:14: error: 'waits.csv' has no column 'days'; did you mean 'day'?",
                      self.told(WAITS))
        (self.path / "waits.csv").unlink()
        self.assertIn("s.yaml:4:14: error: cannot read the table 'waits.csv' (No such file",
                      self.told(WAITS))

    def test_points_are_read_whole_or_refused(self):
        for text, message in {"word\n0.5\n0.6\n": "",
                              '"word"\n"0.5"\n': "",
                              "word\n0,5\n": "points.csv:2:3: error: 2 values for 1 name",
                              'word\n"0,5"\n': "points.csv:2:2: error: '0,5' is no finite number",
                              "word\n0.5\n\n0.6\n": "points.csv:3:1: error: an empty line",
                              "word\nhigh\n": "points.csv:2:1: error: 'high' is no finite number",
                              "word\n": "points.csv:1:1: error: there are no rows",
                              "wrod\n1\n": "did you mean 'word'?"}.items():
            with self.subTest(text):
                self.write(text, "points.csv")
                found = self.told(LISTED, expect=2 if message else 0, name="study.yaml")
                self.assertIn(message, found)
                self.assertTrue(message or not found)
        (self.path / "points.csv").unlink()
        self.assertIn("cannot read the table 'points.csv'", self.told(LISTED, name="study.yaml"))

    def test_a_long_cell_is_not_printed_whole(self):
        self.write("days\n" + "x" * 5_000_000 + "\n", "waits.csv")
        self.assertLess(len(self.told(WAITS)), 300)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
