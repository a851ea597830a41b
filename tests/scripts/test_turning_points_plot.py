"""plot_turning_points.py, from outside: on what truce why writes, and on files that are none of its."""

import unittest

import h5py

import drawing
import sample_results
from test_plots import png_size


class TurningPoints(drawing.Drawing):
    script, what = "plot_turning_points.py", "turning-points"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.truce("why", "why.h5", "--trials", "40")
        cls.truce("why", "freed.h5", "--trials", "40", "--outcome", "guests_of_b.freed", "--by", "1")

    def test_draws_beside_the_file(self):
        self.check_beside("why", "freed")

    def test_draws_the_streams_asked_for(self):
        with h5py.File(self.here / "why.h5") as file:
            streams = [name.decode() for name in file["turning_points/stream"]]
        self.assertGreater(len(streams), 3)
        sizes = []
        for count in (1, len(streams)):
            asked = [part for name in streams[:count] for part in ("--stream", name)]
            image, = self.draw("why.h5", *asked, "-o", f"{count}.png")
            sizes.append(png_size(image)[1])
        self.assertLess(*sizes)
        self.assertIn("did you mean 'next_step.agree'?", self.refuse("why.h5", "--stream", "next_stp.agree"))

    def test_refuses_what_has_no_turning_points(self):
        sample_results.write(self.here / "run.h5", trials=20)
        self.assertIn("truce why", self.refuse("run.h5"))
        self.assertIn("no such file", self.refuse("nowhere.h5"))

    def test_says_where_nothing_could_have_changed(self):
        (self.here / "still.yaml").write_text("truce: 2\nhorizon: 10\n")
        self.truce("why", "still.h5", "--trials", "5", scenario="still.yaml")
        self.assertIn("no single draw", self.refuse("still.h5"))


if __name__ == "__main__":
    unittest.main()
