#include "analysis/row_condition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "analysis/detail/row_operations.hpp"
#include "base/nearest.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "scenario/syntax.hpp"

namespace truce::analysis {

namespace {

using scenario::Expression;
using RowValues = std::vector<std::vector<double>>;  ///< [place in `reads`][trial]

constexpr double not_known = base::not_a_number;

}  // namespace

/// A value of a trial: a number, or a condition as 0 or 1; NaN where it is not known.
struct RowCondition::Term {
  bool condition = false;
  double constant = 0;
  std::size_t place = 0;  ///< of a column
  enum class Kind : std::uint8_t { constant, column, function } kind = Kind::constant;
  RowFunction function = nullptr;
  std::vector<Term> parts;

  [[nodiscard]] double at(const RowValues& values, std::size_t trial) const {
    if (kind == Kind::constant) return constant;
    if (kind == Kind::column) return values[place][trial];
    double x[3] = {0, 0, 0};
    for (std::size_t i = 0; i < parts.size(); ++i) x[i] = parts[i].at(values, trial);
    return function(x[0], x[1], x[2]);
  }
};

namespace {

using Term = RowCondition::Term;

/// Makes terms of an expression.
class TermMaker {
 public:
  TermMaker(const std::vector<results::Column>& columns, const std::string& file,
            std::vector<std::size_t>& reads)
      : columns_(columns), file_(file), reads_(reads) {}

  Term of(const Expression& e) {
    switch (e.kind) {
      case Expression::Kind::number:
        return {.constant = e.value};
      case Expression::Kind::boolean:
        return {.condition = true, .constant = e.value};
      case Expression::Kind::name:
        return of_name(e);
      case Expression::Kind::string:
        fail(e, "a text where a value is expected");
      case Expression::Kind::unary:
      case Expression::Kind::binary:
        if (const auto term = of_labels(e)) return *term;
        return operation(e, e.text, e.children);
      case Expression::Kind::call: {
        std::vector<Expression> arguments;
        for (const auto& argument : e.arguments) arguments.push_back(argument.value);
        if (e.text == "if") return choice(e, arguments);
        return operation(e, e.text, arguments);
      }
    }
    return {};
  }

  /// A condition; a yes/no column is one.
  Term condition(const Expression& e) {
    Term term = of(e);
    if (!term.condition) fail(e, "a number where a condition is expected; compare it, as in x > 0");
    return term;
  }

  [[noreturn]] static void fail(const Expression& e, const std::string& problem) {
    throw std::invalid_argument(
        fmt::format("--given, character {}: {}", e.position.column, problem));
  }

 private:
  Term of_name(const Expression& e) {
    const results::Column* column = results::find_column(columns_, e.text);
    if (column == nullptr) {
      std::vector<std::string> names;
      for (const results::Column& each : columns_) names.push_back(each.name);
      fail(e, fmt::format("{} has no column {}; {}", file_, base::shown(e.text),
                          base::name_hint(e.text, names)));
    }
    if (column->kind == results::ColumnKind::category) {
      fail(e, fmt::format("'{}' is a category; compare it with a label, as in {} == {}", e.text,
                          e.text, column->labels.empty() ? "LABEL" : column->labels.front()));
    }
    return read(*column, column->kind == results::ColumnKind::boolean);
  }

  Term read(const results::Column& column, bool condition) {
    const auto index = static_cast<std::size_t>(&column - columns_.data());
    auto at = std::ranges::find(reads_, index);
    if (at == reads_.end()) at = reads_.insert(reads_.end(), index);
    return {.condition = condition,
            .place = static_cast<std::size_t>(at - reads_.begin()),
            .kind = Term::Kind::column};
  }

  /// `ending == collapsed`, of a category and one of its labels.
  std::optional<Term> of_labels(const Expression& e) {
    if (e.text != "==" && e.text != "!=") return std::nullopt;
    for (const std::size_t side : {0U, 1U}) {
      const Expression& name = e.children[side];
      const Expression& label = e.children[1 - side];
      if (name.kind != Expression::Kind::name) continue;
      const results::Column* column = results::find_column(columns_, name.text);
      if (column == nullptr || column->kind != results::ColumnKind::category) continue;
      const auto at = std::ranges::find(column->labels, label.text);
      if (label.kind != Expression::Kind::name || at == column->labels.end()) {
        fail(label, fmt::format("'{}' has no label {}; {}", name.text, base::shown(label.text),
                                base::name_hint(label.text, column->labels)));
      }
      Term result{.condition = true, .kind = Term::Kind::function};
      result.function = row_operation(e.text, 2)->function;
      result.parts = {read(*column, false),
                      {.constant = static_cast<double>(at - column->labels.begin())}};
      return result;
    }
    return std::nullopt;
  }

  Term operation(const Expression& e, const std::string& name,
                 const std::vector<Expression>& parts) {
    const RowOperation* found = row_operation(name, parts.size());
    if (found == nullptr) {
      const bool known = is_row_operation(name);
      fail(e, known ? fmt::format("'{}' does not take {} arguments", name, parts.size())
                    : fmt::format("unknown function {}; there are abs, ceil, floor, if, max, min",
                                  base::shown(name)));
    }
    Term term{.condition = found->condition, .kind = Term::Kind::function};
    term.function = found->function;
    for (const Expression& part : parts) {
      term.parts.push_back(found->of_conditions ? condition(part) : number(part));
    }
    return term;
  }

  /// A number; a yes/no column is 0 or 1.
  Term number(const Expression& e) {
    Term term = of(e);
    if (term.condition && term.kind == Term::Kind::function) {
      fail(e, "a condition where a number is expected; write if(condition, 1, 0)");
    }
    return term;
  }

  Term choice(const Expression& e, const std::vector<Expression>& parts) {
    if (parts.size() != 3) fail(e, "write if(condition, then, else)");
    Term term{.kind = Term::Kind::function};
    term.function = [](double a, double b, double c) {
      return a != a ? not_known : a != 0 ? b : c;
    };
    term.parts = {condition(parts[0]), number(parts[1]), number(parts[2])};
    return term;
  }

  const std::vector<results::Column>& columns_;
  const std::string& file_;
  std::vector<std::size_t>& reads_;
};

Expression parsed(const std::string& text) {
  scenario::Node node;
  node.kind = scenario::Node::Kind::scalar;
  node.text = text;
  node.text_column = 1;
  node.position.column = 1;
  scenario::Diagnostics diagnostics;
  bool ok = false;
  Expression expression = scenario::parse_expression(node, scenario::Unit::none, diagnostics, ok);
  if (ok) return expression;
  const scenario::Diagnostic& found = diagnostics.all().front();
  throw std::invalid_argument(fmt::format("--given, character {}: {}{}{}", found.position.column,
                                          found.problem,
                                          found.why.empty() ? "" : " (" + found.why + ")",
                                          found.suggestion.empty() ? "" : "; " + found.suggestion));
}

}  // namespace

RowCondition::RowCondition(const std::string& text, const std::vector<results::Column>& columns,
                           const std::string& file) {
  term_ = std::make_unique<Term>(TermMaker(columns, file, reads_).condition(parsed(text)));
}
RowCondition::RowCondition(RowCondition&&) noexcept = default;
RowCondition& RowCondition::operator=(RowCondition&&) noexcept = default;
RowCondition::~RowCondition() = default;

std::vector<bool> RowCondition::rows(
    const std::function<std::vector<double>(std::size_t)>& column) const {
  RowValues values;
  for (const std::size_t index : reads_) values.push_back(column(index));
  const std::size_t trials = values.empty() ? 0 : values.front().size();
  std::vector<bool> holds(trials);
  for (std::size_t i = 0; i < trials; ++i) holds[i] = term_->at(values, i) == 1;
  return holds;
}

}  // namespace truce::analysis
