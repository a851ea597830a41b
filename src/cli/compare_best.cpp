#include "cli/compare_best.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/compared_subjects.hpp"
#include "cli/compared_values.hpp"
#include "cli/json.hpp"
#include "cli/report.hpp"
#include "cli/study_points.hpp"
#include "results/disclaimer.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

using analysis::BestAlternative;
using analysis::ChanceOfBest;
using results::short_number;

/// A variant at all points of the design, or one point.
struct Alternative {
  std::string name;
  std::vector<std::size_t> rows;
};

std::vector<Alternative> alternatives_of(const results::StudySchema& schema) {
  require_whole(schema);
  const std::size_t rows = schema.points.size() / schema.variants.size();
  std::vector<Alternative> all;
  if (schema.variants.size() == 1) {
    for (std::size_t row = 0; row < rows; ++row) {
      all.push_back({point_name(schema, row, false), {row}});
    }
    return all;
  }
  for (std::size_t v = 0; v < schema.variants.size(); ++v) {
    Alternative& alternative = all.emplace_back(Alternative{schema.variants[v], {}});
    for (std::size_t row = 0; row < rows; ++row) alternative.rows.push_back(v * rows + row);
  }
  return all;
}

/// Cuts all sides, point by point, to the trials that all have; returns how many that leaves out.
std::uint64_t keep_common(std::vector<Side>& sides) {
  std::uint64_t left_out = 0;
  for (std::size_t p = 0; p < sides.front().values.size(); ++p) {
    std::size_t common = sides.front().values[p].size();
    for (const Side& side : sides) common = std::min(common, side.values[p].size());
    for (Side& side : sides) {
      left_out += side.values[p].size() - common;
      side.values[p].resize(common);
      side.failed[p].resize(common);
    }
  }
  return left_out;
}

/// Of a time that may never come, what all trials have: the earlier of it and the horizon.
const ComparedMeasure& measure_of(const Subject& subject) {
  const auto at = std::ranges::find(subject.measures, ComparedMeasure::Kind::restricted,
                                    &ComparedMeasure::kind);
  return at == subject.measures.end() ? subject.measures.front() : *at;
}

/// A chance that few resamples can tell from none or all is not rounded to these.
std::string chance_text(const ChanceOfBest& of, std::uint64_t resamples) {
  const double p = of.chance.value;
  const double least = 1 / static_cast<double>(resamples);
  if (p != p) return "-";
  if (p < least) return fmt::format("< {}", short_number(least));
  if (p > 1 - least) return fmt::format("> {}", short_number(1 - least));
  return short_number(p);
}

std::string text_of(const std::vector<Alternative>& alternatives, const BestAlternative& found,
                    const std::string& name, std::string_view direction, std::uint64_t unpaired) {
  results::TextTable table(
      {{"alternative", results::Align::left}, {"mean"}, {"chance"}, {"Monte Carlo 95 %"}});
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    const ChanceOfBest& of = found.alternatives[i];
    table.add({alternatives[i].name, short_number(of.mean), chance_text(of, found.resamples),
               results::range_text(short_number(of.chance.interval.low),
                                   short_number(of.chance.interval.high))});
  }
  std::string text = fmt::format("chance to have the {} mean of {}\n\n{}\n", direction, name,
                                 table.text(screen_columns()));
  text += results::wrapped(
      fmt::format("share of {} resamples of {} trials, drawn with all alternatives and points, in "
                  "which an alternative's mean is the {}; those that tie share it (in {} % of the "
                  "resamples)",
                  found.resamples, found.trials, direction, short_number(100 * found.tied)),
      0);
  text += fmt::format("\n{} values of each compared", found.compared);
  if (found.left_out > 0) {
    text += fmt::format(", {} left out where one has none", found.left_out);
  }
  if (unpaired > 0) text += fmt::format("\n{} trials are not used, which not all have", unpaired);
  return fmt::format("{}\n\n{}\n", text, results::disclaimer);
}

Json json_of(const std::vector<Alternative>& alternatives, const BestAlternative& found,
             const std::string& name, std::string_view direction, std::uint64_t unpaired) {
  Json list = Json::array();
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    const ChanceOfBest& of = found.alternatives[i];
    list.push_back({{"name", alternatives[i].name},
                    {"mean", number(of.mean)},
                    {"chance", number(of.chance.value)},
                    {"monte_carlo_low", number(of.chance.interval.low)},
                    {"monte_carlo_high", number(of.chance.interval.high)}});
  }
  return {{"outcome", name},
          {"best", direction},
          {"trials", found.trials},
          {"compared", found.compared},
          {"left_out", found.left_out},
          {"unpaired", unpaired},
          {"resamples", found.resamples},
          {"tied", found.tied},
          {"alternatives", std::move(list)},
          {"disclaimer", results::disclaimer}};
}

}  // namespace

void print_best(const std::string& file, const std::string& outcome, analysis::Best best,
                Format format) {
  const results::StudyReader study(file);
  const results::Schema& common = study.schema().common;
  const auto alternatives = alternatives_of(study.schema());
  const Subject subject = subjects_of(common, common, {file, {outcome}, {}, {}}).front();
  const ComparedMeasure& measure = measure_of(subject);
  std::vector<Side> sides;
  for (const Alternative& alternative : alternatives) {
    sides.push_back(side_of(study, outcome, alternative.rows));
  }
  const std::uint64_t unpaired = keep_common(sides);
  std::vector<analysis::PointValues> values;
  for (const Side& side : sides) values.push_back(measured(side, measure, {}));
  sides.clear();
  const auto found = analysis::best_alternative(values, best);
  const char* direction = best == analysis::Best::largest ? "largest" : "smallest";
  const std::string name = outcome + measure.name;
  fmt::print("{}\n", format == Format::json
                         ? json_of(alternatives, found, name, direction, unpaired).dump(2)
                         : text_of(alternatives, found, name, direction, unpaired));
}

}  // namespace truce::cli
