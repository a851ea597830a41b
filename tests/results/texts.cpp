// Words, numbers, lines and tables as they are printed, and texts that are no text.

#include <limits>
#include <string>
#include <string_view>

#include "results/detail/utf8.hpp"
#include "results/run_reader.hpp"
#include "results/run_writer.hpp"
#include "results/summary_text.hpp"
#include "results/text_table.hpp"
#include "support/catch.hpp"
#include "support/sample.hpp"
#include "support/temporary_folder.hpp"

using namespace truce;
using namespace truce::results;

TEST_CASE("Lines are broken at blanks, and keep the indentation that they have") {
  CHECK(wrapped("one two three", 2, 8) == "one two\n  three");
  CHECK(wrapped("  one two\nx", 4, 7) == "  one\n    two\nx");
  CHECK(wrapped("a\n\nb\n", 2, 80) == "a\n\nb\n");
}

TEST_CASE("Numbers are short") {
  CHECK(short_number(0) == "0");
  CHECK(short_number(-0.0) == "0");
  CHECK(short_number(42) == "42");
  CHECK(short_number(12.3456) == "12.35");
  CHECK(short_number(-0.0123456) == "-0.01235");
  CHECK(short_number(12345.6) == "12346");
  CHECK(short_number(1.5e9) == "1.5e+09");
  CHECK(short_number(std::numeric_limits<double>::quiet_NaN()) == "-");
  CHECK(per_cent(0.12345) == "12.3");
  CHECK(per_cent(0) == "0.0");
  CHECK(per_cent(-1e-18) == "0.0");
  CHECK(per_cent(1) == "100.0");
  CHECK(per_cent(0.0006) == "0.1");
  CHECK(per_cent(0.00049) == "0.049");
  CHECK(per_cent(1e-6) == "0.00010");
  CHECK(per_cent(0.9996) == "99.96");
  CHECK(per_cent(0.999999) == "99.9999");
  CHECK(per_cent(1 - 1e-11) == "99.999999999");
  CHECK(per_cent(1 - 1e-16) == "100.0");  // rounding of sums of shares
  CHECK(per_cent(1e-16) == "0.0");
  CHECK(per_cent(std::numeric_limits<double>::quiet_NaN()) == "-");
  CHECK(decimal(-0.0001, 3) == "0.000");
  CHECK(decimal(-0.0006, 3) == "-0.001");
  CHECK(range_text("-1", "2") == "-1 to 2");
}

TEST_CASE("Whatever bytes come in, valid text comes out") {
  const std::string replaced = "\xEF\xBF\xBD";
  CHECK(valid_utf8("na\xC3\xAFve \xE4\xBA\xA4 \xF0\x9F\x99\x82\n") ==
        "na\xC3\xAFve \xE4\xBA\xA4 \xF0\x9F\x99\x82\n");
  CHECK(valid_utf8("a\xFF"
                   "b") == "a" + replaced + "b");
  CHECK(valid_utf8("\xC3") == replaced);
  CHECK(valid_utf8("\xC0\x80") == replaced + replaced);                 // overlong
  CHECK(valid_utf8("\xED\xA0\x80") == replaced + replaced + replaced);  // a surrogate
  CHECK(valid_utf8("\xF4\x90\x80\x80").substr(0, 3) == replaced);       // beyond Unicode
  CHECK(valid_utf8(std::string_view("a\0b", 3)) == "a" + replaced + "b");
  CHECK(printable("\x1b[2J\xC2\x9B") == replaced + "[2J" + replaced);
  CHECK(length_utf8("\xE4\xBA\xA4x") == 2);
}

TEST_CASE("Odd texts survive the file") {
  const test::TemporaryFolder folder;
  const test::Sample sample(1, test::Sample::Size::small);
  Schema schema = sample.schema();
  schema.title = "";
  schema.command_line = "truce run 'caf\xE9.yaml'";
  schema.scenario_yaml = std::string(1'000'000, 'x') + std::string("\0y", 2);
  schema.sources.clear();
  schema.parameters.clear();
  schema.start_date.clear();
  schema.timelines.clear();
  Block block = sample.block(0, 1);
  block.segments.clear();
  block.segments_end = {0};
  RunWriter writer(folder / "run.h5", schema, OverwritePolicy::refuse);
  writer.append(block);
  writer.finish(Completion::complete);
  const RunReader reader(folder / "run.h5");
  CHECK(reader.schema().title.empty());
  CHECK(reader.schema().command_line == "truce run 'caf\xEF\xBF\xBD.yaml'");
  CHECK(reader.schema().scenario_yaml.size() == 1'000'000 + 4);
  CHECK(reader.schema().sources.empty());
  CHECK(reader.schema().parameters.empty());
  CHECK(reader.schema().start_date.empty());
  CHECK(reader.schema().timelines.empty());
}

TEST_CASE("Tables that are too wide are laid out one below the other, and lose nothing") {
  TextTable table({{"name", Align::left}, {"first"}, {"second"}});
  table.add({"a", "11", "22"});
  table.add({"a name that is long", "33", "44"});
  CHECK(table.text() ==
        "name                 first  second\na                       11      22\n"
        "a name that is long     33      44\n");
  CHECK(table.text(24) ==
        "name       first  second\na             11      22\n"
        "a name that is long\n              33      44\n");
  CHECK(table.text(14) ==
        "name  first\na        11\na name that is long\n         33\n\n"
        "name  second\na         22\na name that is long\n          44\n");
}

TEST_CASE("First columns that leave too little to another one stand above it") {
  TextTable table({{"what", Align::left}, {"with", Align::left}, {"means"}, {"difference"}}, 2);
  table.add({"freed", "a variant of it", "2 vs 1", "1 (0.9 to 1.1)"});
  CHECK(table.text(39) ==
        "what   with              means\n"
        "freed  a variant of it  2 vs 1\n\n"
        "what   with                 difference\n"
        "freed  a variant of it  1 (0.9 to 1.1)\n");
  CHECK(table.text(37) ==
        "what   with\n   means      difference\n"
        "freed  a variant of it\n  2 vs 1  1 (0.9 to 1.1)\n");
  CHECK(table.text(20) ==
        "what   with\n   means\nfreed  a variant of it\n  2 vs 1\n\n"
        "what   with\n      difference\nfreed  a variant of it\n  1 (0.9 to 1.1)\n");
}

TEST_CASE("Parameters are told by where their values are from") {
  const std::vector<RunParameter> parameters = {{"word", 0.8, Origin::set},
                                                {"calm", 0.25, Origin::scenario},
                                                {"zeal", -0.0, Origin::scenario},
                                                {"luck", 0, Origin::drawn}};
  CHECK(parameters_text(parameters, false) ==
        "parameters: word = 0.8 (set); luck (drawn in each trial); 2 others as in the scenario\n");
  CHECK(parameters_text(parameters, true) ==
        "parameters: word = 0.8 (set); luck (drawn in each trial); calm = 0.25, zeal = 0 (as in "
        "the scenario)\n");
  CHECK(parameters_text({{"calm", 0.25}}, false) == "parameters: 1 as in the scenario\n");
  CHECK(parameters_text({}, true).empty());
}
