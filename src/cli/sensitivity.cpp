#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "refusal.hpp"
#include "results/text_table.hpp"
#include "study_target.hpp"
#include "truce/analysis/given_data.hpp"
#include "truce/analysis/morris.hpp"
#include "truce/analysis/regression.hpp"
#include "truce/analysis/sobol.hpp"
#include "truce/results/disclaimer.hpp"
#include "verbs.hpp"

namespace truce::cli {

namespace {

using analysis::Estimate;
using analysis::StudyTable;
using Json = nlohmann::ordered_json;
using results::short_number;

/// Measures of every parameter, by the name of the measure.
struct Measure {
  std::string name;
  std::vector<Estimate> of;  ///< [parameter]; those without an interval have none
};

struct Analysis {
  std::vector<Measure> measures;
  std::string note;
};

Analysis saltelli(const StudyTable& table) {
  const Eigen::Index d = table.values.cols();
  const Eigen::Index n = table.target.size() / (d + 2);
  const auto sobol = analysis::sobol_analysis(table.target.head(n), table.target.segment(n, n),
                                              table.target.tail(n * d).reshaped(n, d));
  Analysis result{{{"first", {}}, {"total", {}}}, ""};
  for (const auto& indices : sobol.parameters) {
    result.measures[0].of.push_back(indices.first);
    result.measures[1].of.push_back(indices.total);
  }
  result.note =
      "first: share of the variance between points that is due to the parameter alone; total: with "
      "all its interactions";
  return result;
}

Analysis morris(const StudyTable& table) {
  Analysis result{{{"mu_star", {}}, {"mu", {}}, {"sigma", {}}}, ""};
  for (const auto& effects : analysis::morris_analysis(table.unit, table.target)) {
    result.measures[0].of.push_back(effects.mu_star);
    result.measures[1].of.push_back({effects.mu, {}});
    result.measures[2].of.push_back({effects.sigma, {}});
  }
  result.note =
      "mu_star: mean size of the effect over the parameter's whole range; mu: with its sign; "
      "sigma: how far it depends on the rest";
  return result;
}

Analysis sample(const StudyTable& table) {
  const Eigen::MatrixXd& points = table.unit.size() > 0 ? table.unit : table.values;
  const auto regression = analysis::regression_analysis(points, table.target);
  Analysis result{{{"first", analysis::given_data_indices(points, table.target)},
                   {"prcc", regression.prcc},
                   {"src", regression.src}},
                  ""};
  result.note = fmt::format(
      "first: share of the variance between points due to the parameter alone; prcc: partial rank "
      "correlation; src: standardised regression coefficient (R^2 = {:.2f})",
      regression.r_squared);
  return result;
}

Analysis analyse(const std::string& design, const StudyTable& table) {
  if (!table.left_out.empty() && (design == "saltelli" || design == "morris")) {
    throw std::invalid_argument(
        fmt::format("a design of kind '{}' needs a value at every point; {} have none: {}", design,
                    table.left_out.size(), fmt::join(table.left_out, ", ")));
  }
  if (design == "saltelli") return saltelli(table);
  if (design == "morris") return morris(table);
  if (design == "sobol" || design == "latin_hypercube" || design == "list") return sample(table);
  throw std::invalid_argument(fmt::format(
      "a design of kind '{}' is no sample; sensitivity needs saltelli (Sobol indices), morris "
      "(elementary effects), or sobol, latin_hypercube or list (from any sample)",
      design));
}

Json number(double x) {
  return x == x ? Json(x) : Json(nullptr);
}

Json json_of(const std::string& variant, const StudyTable& table, const Analysis& analysis) {
  Json parameters = Json::object();
  for (std::size_t j = 0; j < table.parameters.size(); ++j) {
    Json& entry = parameters[table.parameters[j]];
    for (const Measure& measure : analysis.measures) {
      const Estimate& e = measure.of[j];
      entry[measure.name] = {{"value", number(e.value)},
                             {"low", number(e.interval.low)},
                             {"high", number(e.interval.high)}};
    }
  }
  return {{"variant", variant},
          {"points", table.rows.size()},
          {"left_out", left_out_json(table)},
          {"variance_of_parameters", table.variance.parameters},
          {"variance_of_chance", table.variance.chance},
          {"noise_of_point_means", table.variance.noise_of_mean},
          {"parameters", std::move(parameters)}};
}

std::string cell_of(const Estimate& e) {
  if (e.value != e.value) return "-";
  if (e.interval.low != e.interval.low) return fmt::format("{:.3g}", e.value);
  return fmt::format("{:.3f} ({:.3f} - {:.3f})", e.value, e.interval.low, e.interval.high);
}

void print_text(const std::string& variant, const analysis::Target& target, const StudyTable& table,
                const Analysis& analysis) {
  std::vector<results::TextTable::Heading> headings = {{"parameter", results::Align::left}};
  for (const Measure& measure : analysis.measures) headings.push_back({measure.name});
  results::TextTable text(headings);
  for (std::size_t j = 0; j < table.parameters.size(); ++j) {
    std::vector<std::string> cells = {table.parameters[j]};
    for (const Measure& measure : analysis.measures) cells.push_back(cell_of(measure.of[j]));
    text.add(std::move(cells));
  }
  const analysis::VarianceSplit& v = table.variance;
  fmt::print("{}, variant {}, {} points\n\n{}\n{}\n{}", target.name(), variant, table.rows.size(),
             text.text(), analysis.note, left_out_text(table, target));
  fmt::print(
      "variance of one trial: {} from the parameters, {} from chance ({:.1f} % and {:.1f} %)\n"
      "variance between the points' means: {} from the parameters, {} left of chance\n\n",
      short_number(v.parameters), short_number(v.chance), 100 * v.share_of_parameters(),
      100 * (1 - v.share_of_parameters()), short_number(v.parameters),
      short_number(v.noise_of_mean));
}

void run(const TargetOptions& options) {
  const analysis::Target target = options.target();
  const results::StudyReader study(options.file);
  Json report = Json::array();
  if (!options.json) fmt::print("{}\n", study.schema().common.title);
  for (const std::size_t v : options.variants(study.schema())) {
    const StudyTable table = analysis::study_table(study, v, target);
    if (!table.varies) {
      const std::string& variant = study.schema().variants[v];
      if (options.json) {
        report.push_back({{"variant", variant},
                          {"points", table.rows.size()},
                          {"varies", false},
                          {"value", table.target(0)},
                          {"left_out", left_out_json(table)}});
      } else {
        fmt::print("{}, variant {}, {} points\n\nit does not vary: {} in every trial\n{}\n",
                   target.name(), variant, table.rows.size(), short_number(table.target(0)),
                   left_out_text(table, target));
      }
      continue;
    }
    const Analysis analysis = analyse(study.schema().design, table);
    if (options.json) {
      report.push_back(json_of(study.schema().variants[v], table, analysis));
    } else {
      print_text(study.schema().variants[v], target, table, analysis);
    }
  }
  if (options.json) {
    fmt::print("{}\n", Json{{"target", target.name()},
                            {"design", study.schema().design},
                            {"variants", report},
                            {"disclaimer", results::disclaimer}}
                           .dump(2));
  } else {
    fmt::print("{}\n", results::disclaimer);
  }
}

}  // namespace

void add_sensitivity(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<TargetOptions>();
  CLI::App* verb =
      app.add_subcommand("sensitivity", "which assumptions drive an outcome of a study");
  options->add_to(*verb);
  verb->footer("Example: truce sensitivity results/drivers.h5 --outcome hostages_freed");
  verb->callback([options, &exit] { run_or_refuse([&] { run(*options); }, exit); });
}

}  // namespace truce::cli
