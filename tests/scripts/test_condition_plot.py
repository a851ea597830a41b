"""plot_condition.py, from outside: on what truce condition writes, and on files that are none of its."""

import unittest

import drawing
import plot_condition  # in the folder that calling, which drawing imports, adds to the path
import sample_results
from test_plots import png_size

RECORD = """record: 1
known:
- {event: first.started, between: [0, 1]}
- {at: 20, that: guests_of_b.freed >= 3}
- {at: 40, that: collapsed == 0}
"""


class Condition(drawing.Drawing):
    script, what = "plot_condition.py", "condition"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.here / "r.yaml").write_text(RECORD)
        (cls.here / "other.yaml").write_text("record: 1\nknown: [{at: 30, that: collapsed == 0}]\n")
        cls.condition("plain.h5", "r.yaml")
        cls.condition("uncertain.h5", "r.yaml", "--uncertain", "--method", "smc", "--effective", "100")
        cls.condition("other.h5", "other.yaml")

    @classmethod
    def condition(cls, name, record, *options):
        cls.truce("condition", name, "--observed", record, "--trials", "300", "--quiet", *options)

    def test_draws_beside_the_file(self):
        self.check_beside("uncertain", "plain")

    def test_no_scale_of_probabilities_ends_beyond_all(self):
        figure = plot_condition.draw(plot_condition.Conditioned(str(self.here / "plain.h5")), None)
        figure.draw_without_rendering()
        facts = figure.axes[0]
        self.assertEqual("probability of all facts so far", facts.get_xlabel())
        self.assertEqual(["0 %", "25 %", "50 %", "75 %", "100 %"], [text.get_text() for text in facts.get_xticklabels()])

    def test_draws_rivals(self):
        alone, = self.draw("plain.h5", "-o", "alone.png")
        both, = self.draw("plain.h5", "--rival", "uncertain.h5", "-o", "both.png")
        self.assertLess(png_size(alone)[1], png_size(both)[1])
        self.assertIn("its facts are not those", self.refuse("plain.h5", "--rival", "other.h5"))

    def test_refuses_what_has_no_facts(self):
        sample_results.write(self.here / "run.h5", trials=20)
        self.assertIn("truce condition", self.refuse("run.h5"))
        self.assertIn("no such file", self.refuse("nowhere.h5"))
        self.assertIn("is no parameter", self.refuse("uncertain.h5", "--parameter", "nothing"))


if __name__ == "__main__":
    unittest.main()
