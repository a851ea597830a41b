"""The check of layers sees what it is there for."""

import pathlib
import tempfile
import unittest

import check_layers


class CheckLayers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def problems(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return check_layers.check(self.root)[0]

    def test_layers_above_are_allowed(self):
        self.assertEqual([], self.problems("src/study/run.cpp", (
            '#include "engine/random.hpp"\n#include "results/summary.hpp"\n'
            '#include "run.hpp"\n#include <sys/stat.h>\n#include "study/detail/run.hpp"\n')))

    def test_layers_below_are_not(self):
        for number, line in enumerate(('#include "study/run.hpp"', '#include "cli/x.hpp"',
                                       ' # include <scenario/document.hpp>',
                                       '#include "../cli/x.hpp"')):
            found = self.problems(f"src/model/{number}/a.cpp", "\n" + line)
            self.assertEqual(number + 1, len(found), line)
            self.assertTrue(found[-1].startswith(f"src/model/{number}/a.cpp:2: "), found)

    def test_headers_are_read_too(self):
        found = self.problems("src/engine/a.hpp", '#include "model/ids.hpp"')
        self.assertEqual(["src/engine/a.hpp:1: engine must not include model (model/ids.hpp)"],
                         found)

    def test_subfolders_are_the_layers_own(self):
        text = '#include "results/detail/hdf5.hpp"\n'
        self.assertEqual([], self.problems("src/results/detail/b.cpp", text))
        self.assertEqual(["src/cli/a.cpp:1: results/detail/hdf5.hpp is results's own: only headers "
                          "at a layer's top are for others"], self.problems("src/cli/a.cpp", text))

    def test_public_headers_include_public_ones_alone(self):
        text = '#include <string>\n#include "truce/export.hpp"\n'
        self.assertEqual([], self.problems("include/truce/a.hpp", text))
        self.assertEqual(1, len(self.problems("include/truce/a.hpp", '#include "base/text.hpp"')))

    def test_results_know_nothing_of_scenarios(self):
        self.assertEqual(1, len(self.problems("src/results/a.cpp",
                                              '#include "scenario/source.hpp"')))

    def test_libraries_stay_in_their_layer(self):
        self.assertEqual(1, len(self.problems("src/study/a.cpp", "#include <hdf5.h>")))
        self.assertEqual(2, len(self.problems("src/cli/a.cpp", "#include <yaml-cpp/yaml.h>")))

    def test_types_of_one_name_are_told(self):
        text = "struct Measure {\n};\nnamespace {\nenum class Own : int { a };\n}  // namespace\n"
        self.assertEqual([], self.problems("src/cli/a.hpp", text))
        self.assertEqual([], self.problems("src/model/a.hpp", text))
        self.assertEqual(["src/cli/b.hpp:1: Measure is defined at src/cli/a.hpp:1 too"],
                         self.problems("src/cli/b.hpp", text))

    def test_unknown_folders_are_told(self):
        self.assertIn("none of the layers", self.problems("src/utils/a.cpp", "")[0])

    def test_long_files_are_warned_of(self):
        self.assertEqual([], self.problems("src/model/a.cpp", "\n" * 251))
        self.assertIn("251 lines", check_layers.check(self.root)[1][0])


if __name__ == "__main__":
    unittest.main()
