"""The figures from inside: every text within the page and apart from others, whatever its length; and what is drawn,
against numbers computed from the file with numpy alone."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

import sample_results

TRUCE = os.environ.get("TRUCE", "truce")
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import plot_compare  # noqa: E402
import plot_discovery  # noqa: E402
import plot_outcomes  # noqa: E402
import plot_sensitivity  # noqa: E402
import plot_sweep  # noqa: E402
import plot_timeline  # noqa: E402
import truce_page  # noqa: E402
import truce_pooled  # noqa: E402
import truce_results  # noqa: E402
import truce_study  # noqa: E402
import truce_style  # noqa: E402
import truce_sweep  # noqa: E402

LONG = "a_rather_long_name_that_" * 3 + "ends"
VARY = {"grid": "{word: [0.5, 0.7, 0.9]}", "map": "{word: [0.5, 0.9], calm: [0.01, 0.1]}",
        "cube": "{word: [0.5, 0.7, 0.9], calm: [0.01, 0.1], step: [0.1, 0.2]}",
        "sample": '{word: prior, calm: "uniform(0, 0.1)"}'}
DESIGNS = {"line": ("{kind: grid}", VARY["grid"]), "map": ("{kind: grid}", VARY["map"]),
           "cube": ("{kind: grid}", VARY["cube"]),
           "one": ("{kind: one_at_a_time}", VARY["map"]),
           "lhs": ("{kind: latin_hypercube, points: 40}", VARY["sample"]),
           "saltelli": ("{kind: saltelli, points: 16}", VARY["sample"]),
           "morris": ("{kind: morris, points: 8}", VARY["sample"]),
           "list": ("{kind: list, file: list.csv}", None)}


def texts_of(figure):
    """[(text, box in pixels)] of all that is drawn."""
    figure.draw_without_rendering()
    found = [text for text in figure.findobj(truce_style.plt.Text)
             if text.get_visible() and text.get_text().strip()]
    ticks = {label for ax in figure.findobj(truce_style.plt.Axes) for axis in (ax.xaxis, ax.yaxis)
             for tick in axis.get_major_ticks() + axis.get_minor_ticks()
             for label in (tick.label1, tick.label2)}
    shown = {label for ax in figure.findobj(truce_style.plt.Axes) for axis in (ax.xaxis, ax.yaxis)
             for tick in axis._update_ticks() for label in (tick.label1, tick.label2)}
    return [(text.get_text(), text.get_window_extent()) for text in found
            if text not in ticks or text in shown]


def without_nan(values):
    return values[~np.isnan(values)]


class Figures(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.here = pathlib.Path(folder.name)
        scenario = (ROOT / "scenarios" / "neutral-a-b.yaml").read_text()
        scenario = scenario.replace("0.15 + 0.4 *", "step + 0.4 *").replace(
            "parameters:", "parameters:\n  step: {value: 0.15}")
        scenario = scenario.replace("outcomes:", f"outcomes:\n  {LONG}: {{value: guests_of_b.freed >= 10, "
                                    f"summary: {'long ' * 30}}}")
        (cls.here / "s.yaml").write_text(scenario)
        (cls.here / "list.csv").write_text("word,calm\n0.5,0.01\n0.9,0.02\n0.9,0.1\n")
        for name, (design, vary) in DESIGNS.items():
            (cls.here / f"{name}.yaml").write_text(
                f"study: 1\nname: {'A study with a long name ' * 6}\nscenario: s.yaml\n"
                f"trials: 60\ndesign: {design}\n" + (f"vary: {vary}\n" if vary else "")
                + "variants:\n  plain: {}\n  calmer: {incidents: {shots_by_a: {rate: 0.001}}}\n"
                + f"  {LONG}: {{incidents: {{shots_by_b: {{rate: 0.001}}}}}}\n"
                + f"compare: {{outcomes: [completed, half_home, {LONG}]}}\n")
            cls.truce("study", f"{name}.yaml", "-o", f"{name}.h5", "--quiet")
        for name, *command in (
                ("compared", "compare", "map.h5"),
                ("ranks", "sensitivity", "saltelli.h5", "--outcome", "half_home"),
                ("found", "discover", "lhs.h5", "--outcome", LONG)):
            (cls.here / f"{name}.json").write_text(cls.truce(*command, "--json"))
        cls.truce("run", "s.yaml", "-n", "300", "-o", "run.h5", "--quiet", "--set", "word=0.7")

    @classmethod
    def truce(cls, *arguments):
        return subprocess.run([TRUCE, *arguments], cwd=cls.here, capture_output=True, text=True,
                              check=True).stdout

    def tearDown(self):
        truce_style.plt.close("all")

    def study(self, name):
        return truce_study.Study(str(self.here / f"{name}.h5"))

    def run_file(self, name="run"):
        return truce_results.Results(str(self.here / f"{name}.h5"))

    def assert_legible(self, figure):
        truce_page.fit(figure)
        texts = texts_of(figure)
        width, height = figure.bbox.width, figure.bbox.height
        for text, box in texts:
            self.assertTrue(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height,
                            f"{text!r} leaves the page: {box} of {width} x {height}")
        for text, _ in texts:
            self.assertNotIn("\u2009", text)
            self.assertIsNone(re.search(r"(?<![\d.,])\d{5,}(?![\d]*-)", re.sub(r"seed \d+", "", text)), text)
        for i, (text, box) in enumerate(texts):
            for other, with_box in texts[:i]:
                across = min(box.x1, with_box.x1) - max(box.x0, with_box.x0)
                down = min(box.y1, with_box.y1) - max(box.y0, with_box.y0)
                self.assertFalse(across > 2 and down > 2.5,
                                 f"{text!r} and {other!r} overlap by {across:.1f} x {down:.1f}")
        for ax in figure.axes:
            self.assertGreater(min(ax.get_window_extent().size), 5)

    def test_sweeps_are_legible(self):
        for name in DESIGNS:
            with self.subTest(name):
                self.assert_legible(plot_sweep.draw(self.study(name), None))
        self.assert_legible(plot_sweep.draw(self.study("cube"), None, ["word", "calm"]))

    def test_reports_are_legible(self):
        for script, name, key, verb in ((plot_compare, "compared", "comparisons", "compare"),
                                        (plot_sensitivity, "ranks", "variants", "sensitivity"),
                                        (plot_discovery, "found", "variants", "discover")):
            with self.subTest(name):
                report = truce_study.Report(str(self.here / f"{name}.json"), key, verb)
                self.assert_legible(script.draw(report, None))

    def test_runs_are_legible(self):
        for script in (plot_outcomes, plot_timeline):
            with self.subTest(script.__name__):
                self.assert_legible(script.draw(self.run_file(), None))

    def test_runs_with_many_endings_and_long_texts_are_legible(self):
        path = self.here / "many.h5"
        endings = [f"{LONG}_{i}" for i in range(11)]
        scenario = sample_results.SCENARIO.read_text()
        self.assertEqual(1, scenario.count("\ntriggers:\n"))
        triggers = "".join(f"  end_{i}: {{at: {i / 10} days, chance: 1 / {14 - i}, do: [{{end: {ending}}}]}}\n"
                           for i, ending in enumerate(endings))
        (self.here / "many.yaml").write_text(scenario.replace("\ntriggers:\n", f"\ntriggers:\n{triggers}"))
        sample_results.write(path, 300, self.here / "many.yaml", title="Title " * 80)
        with h5py.File(path, "r+") as file:  # all but one as often
            labels = file["endings/ending"].asstr()[:]
            shares = np.where(labels == "collapsed", 0, 1 / (len(labels) - 1))
            self.assertEqual(15, len(labels))
            days = np.linspace(0, 1, file["endings/day"].size)
            file["endings/probability"][:] = shares
            file["endings/cumulative_incidence"][:] = np.outer(shares, days)
            file["trials/ending"][:] = np.flatnonzero(shares)[np.arange(300) % 14]
        for script in (plot_outcomes, plot_timeline):
            with self.subTest(script.__name__):
                self.assert_legible(script.draw(self.run_file("many"), None))

    def column(self, name, outcome):
        """([point, trial] with NaN for what is missing, values [point, parameter], variants)."""
        with h5py.File(self.here / f"{name}.h5") as file:
            values = file["trials/" + outcome][:].astype(float)
            values[file["trials/status"][:] != 0] = np.nan
            return (values, file["design/value"][:],
                    np.array([x.decode() for x in file["design/variant"][:]]))

    def lines(self, ax, marker=None):
        return [line for line in ax.lines if line.get_marker() == marker]

    def test_a_line_shows_the_means_and_their_paired_differences(self):
        figure = plot_sweep.draw(self.study("line"), ["completed"])
        level, difference = figure.axes
        values, design, variant = self.column("line", "completed")
        for name, marker in (("plain", "o"), ("calmer", "s")):
            line, = self.lines(level, marker)
            np.testing.assert_allclose(line.get_xdata(), design[variant == name, 0])
            np.testing.assert_allclose(line.get_ydata(), values[variant == name].mean(axis=1))
        d = values[variant == "calmer"] - values[variant == "plain"]
        line, = self.lines(difference, "s")
        np.testing.assert_allclose(line.get_ydata(), d.mean(axis=1))
        self.assertEqual(["50 %"], level.yaxis.get_major_formatter().format_ticks([0.5]))
        self.assertEqual(["50"], difference.yaxis.get_major_formatter().format_ticks([0.5]))
        self.assertEqual("difference (percentage points)",
                         difference.get_ylabel().replace("\n", " "))
        ends = [segment[:, 1] for segment in difference.collections[0].get_segments()]
        half = 2.000995 * d.std(axis=1, ddof=1) / np.sqrt(60)  # t of 59 degrees of freedom
        np.testing.assert_allclose(ends, np.stack([d.mean(axis=1) - half, d.mean(axis=1) + half]).T,
                                   atol=1e-5)

    def test_a_grid_of_three_shows_means_over_the_others(self):
        figure = plot_sweep.draw(self.study("cube"), ["half_home"])
        values, design, variant = self.column("cube", "half_home")
        line, = self.lines(figure.axes[0], "o")
        for x, mean in zip(line.get_xdata(), line.get_ydata()):
            chosen = values[(variant == "plain") & (design[:, 0] == x)]
            self.assertEqual(4, len(chosen))
            self.assertAlmostEqual(np.nanmean(chosen), mean)
        self.assertIn("have no value", figure.texts[-1].get_text().replace("\n", " "))
        said = figure.texts[-1].get_text().replace("\n", " ")
        self.assertIn(f"half home: {np.isnan(values).sum():,} of {values.size:,} trials", said)

    def test_a_map_has_one_scale_and_legible_numbers(self):
        figure = plot_sweep.draw(self.study("map"), ["completed"])
        values, _, variant = self.column("map", "completed")
        meshes = [ax.collections[0] for ax in figure.axes[:5] if ax.collections]
        levels = [m for m in meshes if m.cmap.name == "viridis"][:3]
        self.assertEqual(3, len(levels))
        self.assertEqual(1, len({(m.norm.vmin, m.norm.vmax) for m in levels}))
        np.testing.assert_allclose(sorted(levels[0].get_array().ravel()),
                                   sorted(values[variant == "plain"].mean(axis=1)))
        self.assertIn(truce_style.percent(values[variant == "plain"].mean(axis=1)[0]),
                      {text.get_text() for text in figure.axes[0].texts})

    def test_intervals_of_a_sample_are_those_of_points_and_trials(self):
        study = self.study("lhs")
        x, mean, low, high = truce_sweep.levels(study, "completed", "word", "calmer", paired=True)
        values, design, variant = self.column("lhs", "completed")
        d = values[variant == "calmer"] - values[variant == "plain"]
        members = truce_pooled.classes(design[variant == "calmer", 0], False)
        self.assertEqual(len(members), len(x))
        for k, chosen in enumerate(members):
            self.assertAlmostEqual(d[chosen].mean(), mean[k])
            trials = d[chosen].mean(axis=0).std(ddof=1) / np.sqrt(d.shape[1])
            points = d[chosen].mean(axis=1).std(ddof=1) / np.sqrt(len(chosen))
            self.assertGreater((high[k] - low[k]) / 2, 1.95 * max(trials, points))
            self.assertLess((high[k] - low[k]) / 2, 3 * np.hypot(trials, points))

    def test_points_of_a_sample_are_drawn_where_they_are(self):
        figure = plot_sweep.draw(self.study("lhs"), ["completed"])
        values, design, variant = self.column("lhs", "completed")
        dots = self.lines(figure.axes[0], ".")[0]
        np.testing.assert_allclose(dots.get_xdata(), design[variant == "plain", 0])
        np.testing.assert_allclose(dots.get_ydata(), values[variant == "plain"].mean(axis=1))

    def report(self, name, key, verb):
        return truce_study.Report(str(self.here / f"{name}.json"), key, verb)

    def test_comparisons_are_the_report_s_in_their_units(self):
        report = self.report("compared", "comparisons", "compare")
        figure = plot_compare.draw(report, ["half_home", "completed"])
        labels = {"half_home": "difference (days)", "completed": "difference (percentage points)"}
        drawn = {ax.get_title(loc="left"): ax for ax in figure.axes if ax.get_title(loc="left")}
        for name, label in labels.items():
            ax = drawn[truce_style.words(name)]
            self.assertEqual(label, ax.get_xlabel())
            entries = [e for e in report.content["comparisons"] if e["outcome"] == name]
            dots = [line.get_xdata()[0] for line in self.lines(ax, "o")]
            np.testing.assert_allclose(dots, [e["difference"]["value"] for e in entries])
            spans = [line.get_xdata() for line in ax.lines if list(line.get_ydata()) in
                     [[k, k] for k in range(len(entries))] and line.get_marker() != "o"]
            np.testing.assert_allclose(spans, [[e["difference"]["low"], e["difference"]["high"]]
                                               for e in entries])
        self.assertIn("95 % interval", figure.texts[-1].get_text().replace("\n", " "))

    def test_one_pair_is_named_once(self):
        report = self.report("compared", "comparisons", "compare")
        first = report.content["comparisons"][0]
        alone = [e for e in report.content["comparisons"] if (e["a"], e["b"]) == (first["a"], first["b"])]
        report.content = dict(report.content, comparisons=alone)
        figure = plot_compare.draw(report, ["half_home"])
        self.assertIn(plot_compare.pair(first).removeprefix("~ ") + ": ", figure.texts[1].get_text().replace("\n", " "))
        self.assertLessEqual({text.get_text() for text in figure.axes[0].get_yticklabels()}, {"", "~"})

    def test_sensitivities_are_the_report_s(self):
        report = self.report("ranks", "variants", "sensitivity")
        figure = plot_sensitivity.draw(report, ["plain"])
        variant, = (v for v in report.content["variants"] if v["variant"] == "plain")
        for ax, measure in zip(figure.axes, ("first", "total")):
            expected = sorted((p[measure]["value"] for p in variant["parameters"].values()))
            np.testing.assert_allclose(sorted(bar.get_width() for bar in ax.patches), expected)
            self.assertEqual("share of the variance between points", ax.get_xlabel())

    def test_with_one_trial_a_point_no_share_of_the_variance_is_told(self):
        variant = self.report("ranks", "variants", "sensitivity").content["variants"][0]
        self.assertRegex(plot_sensitivity.explained([variant], [])[0], r"explain \S+ % of one trial")
        unknown = dict(variant, variance_of_parameters=None, variance_of_chance=None)
        self.assertIn("explain is not known", plot_sensitivity.explained([unknown], [])[0])

    def test_validated_boxes_are_shares_of_all_cases(self):
        report = self.report("found", "variants", "discover")
        figure = plot_discovery.draw(report, None)
        searches = [s for v in report.content["variants"] for s in plot_discovery.shown(v)]
        self.assertTrue(any(s["found"] and s["trajectory"][0]["coverage"] < 0.99 for s in searches))
        for ax, search in zip(figure.axes[::2], searches):
            if search["found"]:
                dot, = (line for line in self.lines(ax, "o") if len(line.get_xdata()) == 1)
                self.assertAlmostEqual(search["box"]["coverage"], dot.get_xdata()[0])
                square, = self.lines(ax, "s")
                self.assertAlmostEqual(search["validated"]["coverage"]
                                       * search["trajectory"][0]["coverage"], square.get_xdata()[0])

    def test_a_shard_says_so(self):
        self.truce("study", "lhs.yaml", "--shard", "1/4", "-o", "shard.h5", "--quiet")
        figure = plot_sweep.draw(self.study("shard"), None)
        self.assert_legible(figure)
        self.assertIn("part of a latin hypercube design, 30 of its 120 points",
                      figure.texts[1].get_text().replace("\n", " "))

    def test_timelines_are_the_file_s(self):
        figure = plot_timeline.draw(self.run_file(), None)
        with h5py.File(self.here / "run.h5") as file:
            median = file["timelines/a.trust.quantiles"][:, 4]
        drawn = {ax.get_title(loc="left"): ax for ax in figure.axes}
        self.assertLess({"a trust", "b trust", "guests of b freed"}, set(drawn))
        np.testing.assert_array_equal(median, drawn["a trust"].lines[0].get_ydata())
        self.assertEqual("trust, 0 to 1", drawn["a trust"].get_ylabel())
        self.assertEqual((0, 1), drawn["a trust"].get_ylim())
        with h5py.File(self.here / "run.h5") as file:
            levels = np.round(file["timelines/quantile"][:], 3)
            table = file["timelines/a.trust.quantiles"][:]
        for band, (low, high) in zip(drawn["a trust"].collections, plot_timeline.BANDS):
            y = band.get_paths()[0].vertices[:, 1]
            self.assertAlmostEqual(table[:, levels == low].min(), y.min())
            self.assertAlmostEqual(table[:, levels == high].max(), y.max())
        self.assertIn("the middle 50, 80 and 95 % of the trials",
                      figure.texts[-1].get_text().replace("\n", " "))

    def test_shares_are_the_file_s(self):
        figure = plot_outcomes.draw(self.run_file(), None)
        strip = figure.axes[0]
        with h5py.File(self.here / "run.h5") as file:
            shares = [file["trials/" + name][:].mean() for name in (LONG, "completed")]
        np.testing.assert_allclose([bar.get_width() for bar in strip.patches], shares)
        self.assertIn("word = 0.7", figure.texts[-1].get_text().replace("\n", " "))

    def test_a_histogram_holds_all_trials(self):
        figure = plot_outcomes.draw(self.run_file(), ["guests_of_b.freed"])
        with h5py.File(self.here / "run.h5") as file:
            x, counts = np.unique(file["trials/guests_of_b.freed"][:], return_counts=True)
        bars = figure.axes[0].patches
        np.testing.assert_allclose([bar.get_x() + bar.get_width() / 2 for bar in bars], x)
        np.testing.assert_allclose([bar.get_height() for bar in bars], counts / 300)

    def test_many_drawn_parameters_are_counted_not_named(self):
        path = self.here / "many.h5"
        sample_results.write(path, trials=20)
        with h5py.File(path, "r+") as file:
            for i in range(9):
                file[f"parameters/p{i}"] = np.zeros(20)
        said = plot_outcomes.draw(self.run_file("many"), None).texts[-1].get_text().replace("\n", " ")
        self.assertIn("9 parameters are drawn in each trial from their priors.", said)

    def test_failed_trials_and_drawn_parameters_are_said(self):
        path = self.here / "failed.h5"
        sample_results.write(path, trials=50)
        with h5py.File(path, "r+") as file:
            file["trials/status"][:3] = 1
            file["parameters/word"] = np.zeros(50)
        for script in (plot_outcomes, plot_timeline):
            said = script.draw(self.run_file("failed"), None).texts[-1].get_text().replace("\n", " ")
            self.assertIn("3 of 50 trials failed", said)
            self.assertIn("Drawn in each trial from their priors: word.", said)

    def test_a_timeline_of_yes_and_no_is_a_share(self):
        path = self.here / "binary.h5"
        sample_results.write(path, trials=50)
        with h5py.File(path, "r+") as file:
            del file["timelines/counts/guests_of_b.freed/value"]
            file["timelines/counts/guests_of_b.freed/value"] = [0, 1]
            mean = file["timelines/guests_of_b.freed.mean"][:]
        figure = plot_timeline.draw(self.run_file("binary"), ["guests_of_b.freed"])
        np.testing.assert_array_equal(mean, figure.axes[0].lines[0].get_ydata())
        self.assertEqual("share of trials with 1", figure.axes[0].get_ylabel())


if __name__ == "__main__":
    unittest.main()
