#include "cli/compare_factors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>

#include "cli/json.hpp"
#include "cli/report.hpp"
#include "results/text_table.hpp"
#include "study/factors.hpp"

namespace truce::cli {

namespace {

using analysis::PointValues;
using results::short_number;

/// What is told of: factors by bits, one or two of them.
std::vector<std::uint32_t> terms_of(std::size_t factors) {
  std::vector<std::uint32_t> terms;
  for (std::size_t a = 0; a < factors; ++a) terms.push_back(std::uint32_t{1} << a);
  for (std::size_t a = 0; a < factors; ++a) {
    for (std::size_t b = a + 1; b < factors; ++b) terms.push_back(terms[a] | terms[b]);
  }
  return terms;
}

std::vector<std::string> names_of(std::uint32_t term, const study::Factorial& factorial) {
  std::vector<std::string> names;
  for (std::size_t f = 0; f < factorial.factors.size(); ++f) {
    if ((term >> f & 1U) != 0) names.push_back(factorial.factors[f]);
  }
  return names;
}

/// Whether the term stands with a plus where just these factors are on: a main effect where its
/// factor is on, an interaction where both are on, or both off.
bool is_plus(std::uint32_t term, std::uint32_t on) {
  return std::popcount(term & ~on) % 2 == 0;
}

/// Adds `more` times `weight`, cut to what all have.
void add(PointValues& sum, const PointValues& more, double weight) {
  if (sum.empty()) {
    for (const auto& point : more) sum.emplace_back(point.size(), 0.0);
  }
  for (std::size_t p = 0; p < sum.size(); ++p) {
    sum[p].resize(std::min(sum[p].size(), more[p].size()));
    for (std::size_t i = 0; i < sum[p].size(); ++i) sum[p][i] += weight * more[p][i];
  }
}

void cut_to_common(PointValues& a, PointValues& b) {
  for (std::size_t p = 0; p < a.size(); ++p) {
    const std::size_t common = std::min(a[p].size(), b[p].size());
    a[p].resize(common);
    b[p].resize(common);
  }
}

/// One crossed variant, one measure: the values of its variants, and the factors that are on.
struct Cells {
  std::vector<std::uint32_t> on;
  std::vector<PointValues> values;
};

// Main effect: mean where it is on, less mean where it is off. Interaction: the effect of one where
// the other is on, less that where it is off, so twice the contrast of the means.
analysis::Comparison contrast(const Cells& cells, std::uint32_t term) {
  const double half = static_cast<double>(cells.on.size()) / 2;
  const double weight = (std::popcount(term) == 2 ? 2.0 : 1.0) / half;
  PointValues plus;
  PointValues minus;
  for (std::size_t c = 0; c < cells.on.size(); ++c) {
    add(is_plus(term, cells.on[c]) ? plus : minus, cells.values[c], weight);
  }
  cut_to_common(plus, minus);
  return analysis::compare_paired(plus, minus, analysis::ValueKind::numbers);
}

std::vector<std::string> aliases_of(std::uint32_t term, const std::vector<std::uint32_t>& terms,
                                    const study::Factorial& factorial) {
  std::vector<std::string> aliases;
  if (!factorial.half) return aliases;
  const std::uint32_t all = (std::uint32_t{1} << factorial.factors.size()) - 1;
  for (const std::uint32_t other : terms) {
    if (other == (all ^ term)) {
      aliases.push_back(fmt::format("{}", fmt::join(names_of(other, factorial), " x ")));
    }
  }
  return aliases;
}

std::string label_of(const FactorEffect& effect) {
  return fmt::format("{}", fmt::join(effect.factors, " x "));
}

std::string value_of(const FactorEffect& effect) {
  const double value = effect.difference.value();
  if (std::isnan(value)) return "-";
  if (!effect.varies) return "does not vary";
  const results::Interval at = effect.difference.interval(0.95);
  return fmt::format("{}{} ({} to {})", effect.too_few ? "~ " : "", short_number(value),
                     short_number(at.low), short_number(at.high));
}

}  // namespace

std::vector<FactorEffect> factor_effects(const results::StudyReader& study,
                                         const std::vector<Subject>& subjects) {
  const results::StudySchema& schema = study.schema();
  const auto factorial = study::factorial_of(schema.common.study_yaml);
  std::vector<FactorEffect> effects;
  if (!factorial) return effects;
  const auto made = study::crossed(*factorial);
  const std::size_t rows = schema.points.size() / schema.variants.size();
  const auto terms = terms_of(factorial->factors.size());
  for (const Subject& subject : subjects) {
    for (std::size_t v = 0; v < factorial->variants.size(); ++v) {
      std::vector<Side> sides;
      Cells cells;
      for (std::size_t m = 0; m < made.size(); ++m) {
        if (made[m].variant != v) continue;
        std::vector<std::size_t> points(rows);
        for (std::size_t row = 0; row < rows; ++row) points[row] = m * rows + row;
        cells.on.push_back(made[m].on);
        sides.push_back(side_of(study, subject.column.name, points));
      }
      for (const ComparedMeasure& measure : subject.measures) {
        cells.values.clear();
        for (const Side& side : sides) {
          cells.values.push_back(measured(side, measure, measure.codes_a));
        }
        const bool share = measure.kind == ComparedMeasure::Kind::by_day ||
                           measure.kind == ComparedMeasure::Kind::label;
        for (const std::uint32_t term : terms) {
          const analysis::Comparison c = contrast(cells, term);
          effects.push_back({.outcome = subject.name + measure.name,
                             .unit = share ? "1" : subject.column.unit,
                             .variant = factorial->variants[v],
                             .factors = names_of(term, *factorial),
                             .aliases = aliases_of(term, terms, *factorial),
                             .difference = c.difference,
                             .varies = c.varies,
                             .too_few = c.too_few});
        }
      }
    }
  }
  return effects;
}

std::string factor_effects_text(const std::vector<FactorEffect>& effects) {
  if (effects.empty()) return {};
  constexpr std::size_t most = 60;
  const bool variants = std::ranges::any_of(
      effects, [&](const FactorEffect& e) { return e.variant != effects.front().variant; });
  const bool aliased =
      std::ranges::any_of(effects, [](const FactorEffect& e) { return !e.aliases.empty(); });
  std::vector<results::TextTable::Heading> headings = {{"outcome", results::Align::left}};
  if (variants) headings.push_back({"in", results::Align::left});
  headings.push_back({"effect of", results::Align::left});
  headings.push_back({"effect (95 % interval)"});
  if (aliased) headings.push_back({"or", results::Align::left});
  results::TextTable table(headings);
  for (std::size_t i = 0; i < std::min(most, effects.size()); ++i) {
    const FactorEffect& effect = effects[i];
    std::vector<std::string> cells = {effect.outcome};
    if (variants) cells.push_back(effect.variant);
    cells.push_back(label_of(effect));
    cells.push_back(value_of(effect));
    if (aliased) cells.push_back(fmt::format("{}", fmt::join(effect.aliases, ", ")));
    table.add(std::move(cells));
  }
  std::string text = table.text(screen_columns());
  if (effects.size() > most) {
    text += fmt::format("({} more; --json tells all)\n", effects.size() - most);
  }
  std::string legend =
      "a: mean with a on less that with a off, over all settings of the other factors\n"
      "a x b: the effect of a with b on, less that with b off\n"
      "paired trial by trial; a trial counts where all variants have a value\n";
  if (aliased) legend += "or: effects that the half fraction cannot tell from this one\n";
  return fmt::format("effects of the factors\n{}\n{}", text, fitted(legend));
}

Json factor_effects_json(const std::vector<FactorEffect>& effects) {
  Json all = Json::array();
  for (const FactorEffect& effect : effects) {
    const results::Interval at = effect.difference.interval(0.95);
    all.push_back(
        {{"outcome", effect.outcome},
         {"unit", effect.unit},
         {"variant", effect.variant},
         {"factors", effect.factors},
         {"aliases", effect.aliases},
         {"varies", effect.varies},
         {"too_few", effect.too_few},
         {"effect",
          {{"value", number(effect.difference.value())},
           {"low", number(at.low)},
           {"high", number(at.high)}}},
         {"p_value", number(effect.varies ? effect.difference.p_value() : std::nan(""))}});
  }
  return all;
}

}  // namespace truce::cli
