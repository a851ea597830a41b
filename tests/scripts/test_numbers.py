"""What the figures compute and write, without any figure: intervals of pooled means, classes, numbers, names."""

import unittest

import numpy as np

import calling  # noqa: F401  (puts the scripts on the path)
import plot_compare
import truce_pooled
import truce_style


class Numbers(unittest.TestCase):
    def test_classes_never_part_equal_values(self):
        x = np.repeat(np.arange(50.0), np.arange(50) % 5 + 1)
        classes = truce_pooled.classes(x, discrete=False)
        self.assertEqual(len(x), sum(map(len, classes)))
        for a, b in zip(classes, classes[1:]):
            self.assertLess(x[a].max(), x[b].min())
        self.assertTrue(5 < len(classes) <= 10)

    def test_errors_are_between_clusters(self):
        random = np.random.default_rng(3)
        values = random.normal(size=(2000, 1)) + 0.1 * random.normal(size=(2000, 8))
        values[random.random(values.shape) < 0.1] = np.nan
        mean, low, high = truce_pooled.pooled(values, np.arange(2000)[:, None])
        self.assertAlmostEqual(np.nanmean(values), mean)
        self.assertAlmostEqual(1.96 / np.sqrt(2000), (high - low) / 2, delta=0.003)

    def test_points_and_the_trials_that_they_share_both_err(self):
        random = np.random.default_rng(5)
        points, trials, held = 40, 60, 0
        for _ in range(300):
            values = (random.normal(size=(points, 1)) + random.normal(size=(1, trials))
                      + random.normal(size=(points, trials)))
            mean, low, high = truce_pooled.pooled(values, np.arange(trials)[None, :],
                                                  np.arange(points)[:, None])
            held += low < 0 < high
        self.assertAlmostEqual(0.95, held / 300, delta=0.04)
        # Where points do not differ, the trials alone err, and the reverse.
        one = np.repeat(random.normal(size=(1, trials)), points, axis=0)
        for values in (one, one.T):
            both = np.arange(values.shape[0])[:, None], np.arange(values.shape[1])[None, :]
            _, low, high = truce_pooled.pooled(values, *both)
            self.assertAlmostEqual(1.0, (high - low) / 2 / (
                truce_pooled.student(min(values.shape) - 1) * one[0].std(ddof=1)
                / np.sqrt(trials)), delta=0.02)

    def test_student_s_quantiles(self):  # from tables
        for freedom, t in ((1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (60, 2.0003)):
            self.assertAlmostEqual(1, truce_pooled.student(freedom) / t, delta=0.006)

    def test_means_are_told_apart(self):
        for a, b, share, told in ((44.7, 44.5, False, "44.5 \u2192 44.7"),
                                  (0.15412, 0.15399, True, "15.40 % \u2192 15.41 %"),
                                  (5259, 4521, False, "4,521 \u2192 5,259"),
                                  (0, 0, False, "0 \u2192 0")):
            entry = {"mean_a": a, "mean_b": b}
            self.assertEqual(told, plot_compare.means(entry, share))

    def test_names_of_files_and_points_stay(self):
        self.assertEqual("a_b.h5", plot_compare.side("a_b.h5"))
        self.assertEqual("calmer word=0.857", plot_compare.side("calmer word=0.857"))
        self.assertEqual("no false alarms", plot_compare.side("no_false_alarms"))

    def test_numbers_are_written_alike(self):
        axis = truce_style.Numbers()
        self.assertEqual(["\u22121,500", "0", "12,500"], axis.format_ticks([-1500, 0, 12500]))
        self.assertEqual(["0.00", "0.25", "0.50"], axis.format_ticks([0, 0.25, 0.5]))
        self.assertEqual(["15.8 %", "16.0 %"], truce_style.Numbers(100, " %").format_ticks([0.158, 0.16]))
        self.assertEqual(["0.00002", "2e\u221205"], [axis.format_ticks([1, 2e-5])[1], axis.format_ticks([2e-5])[0]])
        self.assertEqual("12,345", truce_style.number(12345.4))
        self.assertEqual("1,000,000 trials", truce_style.count(1000000, "trial"))


if __name__ == "__main__":
    unittest.main()
