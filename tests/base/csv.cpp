#include "base/csv.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <tuple>

#include "support/catch.hpp"

using namespace truce::base;

namespace {

std::string told(const std::vector<CsvProblem>& problems) {
  std::string out;
  for (const CsvProblem& p : problems) {
    out += std::to_string(p.line) + ":" + std::to_string(p.column) + " " + p.problem;
    if (!p.why.empty()) out += " (" + p.why + ")";
    if (!p.suggestion.empty()) out += "; " + p.suggestion;
    out += "\n";
  }
  return out;
}

/// All that is wrong with a text whose columns are all numbers.
std::string findings(const std::string& text) {
  std::vector<CsvProblem> problems;
  const auto table = read_csv(text, problems);
  if (table) {
    for (std::size_t i = 0; i < table->names().size(); ++i) {
      std::ignore = table->numbers(i, problems);
    }
  }
  CHECK(table.has_value() == (table && !table->names().empty() && table->rows() > 0));
  return told(problems);
}

std::vector<double> column(const std::string& text, std::size_t at) {
  std::vector<CsvProblem> problems;
  const auto table = read_csv(text, problems);
  REQUIRE(table);
  auto values = table->numbers(at, problems);
  CHECK(told(problems).empty());
  return values;
}

}  // namespace

TEST_CASE("CSV: names and numbers, quoted or not, with either line end and blanks around them") {
  std::vector<CsvProblem> problems;
  const auto table = read_csv(
      "\xEF\xBB\xBF\"a, of\r\nnorth\" ,\"say \"\"b\"\"\",\tc\r\n 1, \"2.5\" ,+3\r\n-3,4e2,.5\n\r\n "
      "\n",
      problems);
  REQUIRE(table);
  CHECK(problems.empty());
  CHECK(table->names() == std::vector<std::string>{"a, of\r\nnorth", "say \"b\"", "c"});
  CHECK(table->rows() == 2);
  CHECK(table->numbers(0, problems) == std::vector<double>{1, -3});
  CHECK(table->numbers(1, problems) == std::vector<double>{2.5, 400});
  CHECK(table->numbers(2, problems) == std::vector<double>{3, 0.5});
  CHECK(problems.empty());
}

TEST_CASE("CSV: a quoted cell holds commas and line ends, and what nobody reads may be any text") {
  const std::string text = "note,days\n\"long, and\nover two lines\",2\n,3\nNA,4";
  CHECK(column(text, 1) == std::vector<double>{2, 3, 4});
  CHECK(findings("a,b\n\"x\ny\",1\n2,z\n") ==
        "2:2 'x\ny' is no finite number\n4:3 'z' is no finite number\n");
}

TEST_CASE("CSV: whatever is wrong is told with line and column") {
  const std::string point = "; write a decimal point, and thousands without a separator\n";
  CHECK(findings("") == "1:1 the file is empty (a CSV file begins with a line of names)\n");
  CHECK(findings(" \r\n\n") == "1:1 the file is empty (a CSV file begins with a line of names)\n");
  CHECK(findings("a,b\n") == "1:1 there are no rows (only a line of names)\n");
  CHECK(findings("a,b\n1\n2,3\n4,5,6\n") ==
        "2:1 1 value for 2 names\n"
        "4:5 3 values for 2 names; quote a text with a comma in it, and write numbers with a "
        "point\n");
  CHECK(findings("a\n0,5\n").starts_with("2:3 2 values for 1 name; "));
  CHECK(findings("a\n\"0,5\"\n") == "2:2 '0,5' is no finite number" + point);
  CHECK(findings("a\n\"1,000.5\"\n") == "2:2 '1,000.5' is no finite number" + point);
  CHECK(findings("a;b\n0,5;1\n")
            .starts_with(
                "1:1 the names stand between semicolons, not commas; save the file with commas"));
  CHECK(findings("a\tb\n1\t2\n").starts_with("1:1 the names stand between tabs, not commas"));
  CHECK(findings("a,b\n1,\n , 2\n") ==
        "3:2 a value is missing; write a number, or remove the row\n"
        "2:3 a value is missing; write a number, or remove the row\n");
  CHECK(findings("a\n1\n\n2\n") ==
        "3:1 an empty line among the rows; remove it, or write the value that is missing\n");
  CHECK(findings("a,b\n1,2\n\n2,3\n").starts_with("3:1 an empty line among the rows"));
  CHECK(findings("a,a\n1,2\n") == "1:3 the name 'a' stands there twice\n");
  CHECK(findings("a,\n1,2\n") == "1:3 the name of a column is missing\n");
  for (const char* cell : {"nan", "NaN", "inf", "-infinity", "1e999", "x", "NA", "1 2", "0x10",
                           "1.5.2", "3 days", "--1", "1_000", "true"}) {
    CAPTURE(cell);
    CHECK(findings(std::string("a\n") + cell + "\n") ==
          std::string("2:1 '") + cell + "' is no finite number\n");
  }
  CHECK(findings("a\n5%\n") == "2:1 '5%' is no finite number; write 0.05 for 5 %\n");
  CHECK(findings("a\n\u22125\n") == "2:1 '\u22125' is no finite number; write a plain '-'\n");
  CHECK(findings("a,b\n\u00e4,1\nx\xE4,2\n") ==
        "3:2 byte 0xe4 is not UTF-8; save the file as UTF-8\n");
  CHECK(findings("\xFF\xFE"
                 "a\n")
            .starts_with("1:1 byte 0xff is not UTF-8 (the file looks like"));
  CHECK(findings(std::string("a\n1\0\n", 5)) == "2:2 a NUL byte in the file; is it a text file?\n");
  CHECK(findings("a\n\"1\n2\n").starts_with("2:1 the quote is never closed"));
  CHECK(findings("a\n\"1\" 2\n").starts_with("2:5 the value goes on after its closing quote"));
  CHECK(findings("a\n1\"2\n").starts_with("2:2 a quote inside a value"));
  CHECK(findings("a\r1\r").starts_with("1:2 a carriage return that ends no line"));
}

TEST_CASE("CSV: a long cell is never told whole, nor more than twenty problems") {
  const std::string found = findings("a\n" + std::string(1'000'000, 'x') + "\n");
  CHECK(found.size() < 120);
  std::string many = "a\n";
  for (int i = 0; i < 1000; ++i) many += "x\n";
  const std::string listed = findings(many);
  CHECK(std::count(listed.begin(), listed.end(), '\n') == 20);
  std::string wide = "a\n";
  for (int i = 0; i < 1000; ++i) wide += "1,2\n";
  const std::string wrong = findings(wide);
  CHECK(std::count(wrong.begin(), wrong.end(), '\n') == 20);
}

TEST_CASE("CSV: text that is mutated is read whole or refused with a place in it") {
  const std::string valid = "\"who, and\nwhy\",days,\"x\"\"y\"\r\nfirst,2,0.5\n\"\",8.5e0,-1\n";
  const std::string marks = "\",\n\r\t ;.0e\xC3\xA9";
  std::mt19937_64 random(7);
  std::size_t sound = 0;
  for (int trial = 0; trial < 20'000; ++trial) {
    std::string text = valid;
    for (std::size_t changes = 1 + random() % 4; changes > 0; --changes) {
      const std::size_t at = random() % (text.size() + 1);
      if (random() % 3 == 0) {
        text.erase(at, random() % 6);
      } else {
        text.insert(
            at, 1,
            random() % 4 ? marks[random() % marks.size()] : static_cast<char>(random() % 256));
      }
    }
    std::vector<CsvProblem> problems;
    const auto table = read_csv(text, problems);
    REQUIRE(table.has_value() == problems.empty());
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    if (table) {
      ++sound;
      for (std::size_t i = 0; i < table->names().size(); ++i) {
        std::vector<CsvProblem> wrong;
        const auto values = table->numbers(i, wrong);
        REQUIRE(values.size() == (wrong.empty() ? table->rows() : 0));
        for (const double x : values) REQUIRE(std::isfinite(x));
        problems.insert(problems.end(), wrong.begin(), wrong.end());
      }
    }
    for (const CsvProblem& p : problems) {
      REQUIRE((p.line >= 1 && p.line <= lines && p.column >= 1));
      REQUIRE(p.problem.size() + p.why.size() + p.suggestion.size() < 300);
    }
  }
  CHECK(sound > 500);
}
