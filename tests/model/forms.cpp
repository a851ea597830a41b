#include <fmt/format.h>

#include <bit>
#include <functional>

#include "model/simulator.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"

using truce::model::Form;

namespace {

struct Case {
  const char* text;
  Form form;
  std::function<double(double, double, double)> value;  ///< of a, b and c, in the same order
};

}  // namespace

TEST_CASE("expressions of every form are what they say, to the last bit") {
  // Products that are added to are rounded twice: nothing here is fused.
  const std::vector<Case> cases = {
      {"a", Form::plain, [](double a, double, double) { return a; }},
      {"a * b", Form::chain, [](double a, double b, double) { return a * b; }},
      {"a - b", Form::chain, [](double a, double b, double) { return a - b; }},
      {"a + b + c", Form::chain, [](double a, double b, double c) { return a + b + c; }},
      {"a + (b + c)", Form::chain, [](double a, double b, double c) { return a + (b + c); }},
      {"a - b - c", Form::sums, [](double a, double b, double c) { return a - b - c; }},
      {"a - (b - c)", Form::chain, [](double a, double b, double c) { return a - (b - c); }},
      {"a * b + c", Form::chain, [](double a, double b, double c) { return a * b + c; }},
      {"c + a * b", Form::chain, [](double a, double b, double c) { return c + a * b; }},
      {"c - a * b", Form::chain, [](double a, double b, double c) { return c - a * b; }},
      {"a * b * c", Form::chain, [](double a, double b, double c) { return a * b * c; }},
      {"a * (b * c)", Form::chain, [](double a, double b, double c) { return a * (b * c); }},
      {"a * (1 - b * (1 - c))", Form::chain,
       [](double a, double b, double c) { return a * (1 - b * (1 - c)); }},
      {"(a + b) * (b + c)", Form::sums,
       [](double a, double b, double c) { return (a + b) * (b + c); }},
      {"(a + b) * (a + b)", Form::sums,
       [](double a, double b, double) { return (a + b) * (a + b); }},
      {"(a + b) - (b + c)", Form::sums,
       [](double a, double b, double c) { return (a + b) - (b + c); }},
      {"a * b - b * c", Form::sums, [](double a, double b, double c) { return a * b - b * c; }},
      {"a * b + b * c", Form::sums, [](double a, double b, double c) { return a * b + b * c; }},
      {"min(a, b) * c", Form::general,
       [](double a, double b, double c) { return std::min(a, b) * c; }},
      {"a / b + c", Form::general, [](double a, double b, double c) { return a / b + c; }},
  };
  constexpr double a = 0.1, b = 0.7, c = 1.3;
  std::string yaml = fmt::format(
      "truce: 2\nhorizon: 1\nlevels: {{a: {{initial: {}}}, b: {{initial: {}}}, c: {{initial: "
      "{}}}}}\n"
      "outcomes:\n",
      a, b, c);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    yaml += fmt::format("  x{}: {{value: \"{}\"}}\n", i, cases[i].text);
  }
  const auto loaded = truce::test::loaded(yaml);
  truce::model::Simulator simulator(loaded.model, {});
  truce::model::TrialRecord record;
  simulator.run(0, record);
  for (std::size_t column = 0; column < record.columns.size(); ++column) {
    const auto& described = loaded.model.columns[column];
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (described.name != fmt::format("x{}", i)) continue;
      INFO(cases[i].text);
      CHECK(described.expression.form == cases[i].form);
      CHECK(std::bit_cast<std::uint64_t>(record.columns[column]) ==
            std::bit_cast<std::uint64_t>(cases[i].value(a, b, c)));
    }
  }
}
