"""The check of includes sees what it is there for."""

import pathlib
import tempfile
import unittest

import check_includes


class CheckIncludes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def problems(self, text, path="src/cli/a.cpp"):
        self.write("src/base/text.hpp", "#pragma once\nint shown(int x);\n"
                                        "enum class Shade {\n  light,\n  dark\n};\n")
        self.write(path, text)
        return check_includes.check(self.root)[0]

    def test_what_is_used_stays(self):
        self.assertEqual([], self.problems('#include <vector>\n#include "base/text.hpp"\n'
                                           "std::vector<int> v{shown(1)};\n"))
        self.assertEqual([], self.problems('#include "base/text.hpp"\nauto x = f(light);\n'))

    def test_what_is_not_used_is_told(self):
        self.assertEqual(["src/cli/a.cpp:1: vector is included, and not used",
                          "src/cli/a.cpp:2: base/text.hpp is included, and not used"],
                         self.problems('#include <vector>\n#include "base/text.hpp"\nint x;\n'))

    def test_comments_and_texts_use_nothing(self):
        self.assertEqual(1, len(self.problems('#include <vector>\n// std::vector\n'
                                              'auto t = "std::vector";\n')))

    def test_own_header_and_exports_stay(self):
        self.assertEqual([], self.problems('#include "base/text.hpp"\nint x;\n',
                                           "src/base/text.cpp"))
        self.write("src/base/all.hpp", "#pragma once\n#include <x/y.h>  // IWYU pragma: export\n"
                                       "using X = int;\n")
        self.assertEqual([], self.problems('#include "base/all.hpp"\nint x;\n'))


if __name__ == "__main__":
    unittest.main()
