#include "results/detail/group_conditioned.hpp"

#include <algorithm>
#include <numeric>

#include "results/detail/file_rows.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"

namespace truce::results {

namespace {

using Parameter = PosteriorParameter;

/// A number of every parameter.
struct OfParameter {
  const char* name;
  double& (*of)(Parameter&);
};

constexpr OfParameter of_parameter[] = {
    {"prior_mean", [](Parameter& p) -> double& { return p.prior_mean; }},
    {"prior_sd", [](Parameter& p) -> double& { return p.prior_sd; }},
    {"mean", [](Parameter& p) -> double& { return p.mean; }},
    {"sd", [](Parameter& p) -> double& { return p.sd; }},
    {"ci_low", [](Parameter& p) -> double& { return p.ci.low; }},
    {"ci_high", [](Parameter& p) -> double& { return p.ci.high; }},
};

/// A number of the whole.
struct OfAll {
  const char* name;
  double& (*of)(Conditioned&);
};

constexpr OfAll of_all[] = {
    {"evidence", [](Conditioned& c) -> double& { return c.evidence; }},
    {"evidence_low", [](Conditioned& c) -> double& { return c.evidence_ci.low; }},
    {"evidence_high", [](Conditioned& c) -> double& { return c.evidence_ci.high; }},
    {"effective_trials", [](Conditioned& c) -> double& { return c.effective_trials; }},
};

struct CountOfAll {
  const char* name;
  std::uint64_t& (*of)(Conditioned&);
};

constexpr CountOfAll counts_of_all[] = {
    {"trials_started", [](Conditioned& c) -> std::uint64_t& { return c.started; }},
    {"trials_started_failed", [](Conditioned& c) -> std::uint64_t& { return c.failed; }},
    {"trials_distinct", [](Conditioned& c) -> std::uint64_t& { return c.distinct; }},
};

template <class T>
std::vector<T> numbered(std::size_t count, T first) {
  std::vector<T> numbers(count);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

template <class T, class Of>
std::vector<T> each(const std::vector<ConditionedFact>& facts, Of of) {
  std::vector<T> values;
  for (const ConditionedFact& fact : facts) values.push_back(static_cast<T>(of(fact)));
  return values;
}

void write_evidence(hid_t root, Conditioned& conditioned) {
  netcdf::Group group(root, "evidence");
  group.attribute("method", conditioned.method);
  for (const OfAll& field : of_all) group.attribute(field.name, field.of(conditioned));
  for (const CountOfAll& field : counts_of_all) {
    group.attribute(field.name, static_cast<std::int64_t>(field.of(conditioned)));
  }
  const auto& facts = conditioned.facts;
  group.coordinate<std::int32_t>("fact", numbered<std::int32_t>(facts.size(), 1));
  group.variable<std::string>("text", {"fact"},
                              each<std::string>(facts, [](auto& f) { return f.text; }));
  group.variable<std::int32_t>("line", {"fact"},
                               each<std::int32_t>(facts, [](auto& f) { return f.line; }));
  group.variable<double>("day", {"fact"}, each<double>(facts, [](auto& f) { return f.day; }));
  group.variable<double>("share", {"fact"}, each<double>(facts, [](auto& f) { return f.share; }));
  group.variable<double>("evidence", {"fact"},
                         each<double>(facts, [](auto& f) { return f.evidence; }));
  group.variable<std::int8_t>("likelihood", {"fact"},
                              each<std::int8_t>(facts, [](auto& f) { return f.likelihood; }));
  group.coordinate<std::int64_t>("trial", numbered<std::int64_t>(conditioned.origin.size(), 0));
  group.variable<std::int64_t>("origin", {"trial"}, conditioned.origin);
  if (!conditioned.independent()) {
    group.coordinate<std::int32_t>("group",
                                   numbered<std::int32_t>(conditioned.group_evidence.size(), 0));
    group.variable<double>("group_evidence", {"group"}, conditioned.group_evidence);
    group.variable<std::int32_t>("origin_group", {"trial"}, conditioned.group);
  }
  group.text("record_yaml", conditioned.record_yaml);
}

void write_posterior(hid_t root, std::vector<Parameter>& parameters) {
  netcdf::Group group(root, "posterior");
  std::vector<std::string> names;
  std::vector<double> prior_quantiles, quantiles, prior_values;
  for (const Parameter& parameter : parameters) {
    names.push_back(parameter.name);
    prior_quantiles.insert(prior_quantiles.end(), parameter.prior_quantiles.begin(),
                           parameter.prior_quantiles.end());
    quantiles.insert(quantiles.end(), parameter.quantiles.begin(), parameter.quantiles.end());
    prior_values.insert(prior_values.end(), parameter.prior_values.begin(),
                        parameter.prior_values.end());
  }
  group.coordinate<std::string>("parameter", names);
  netcdf::add_quantiles(group);
  group.coordinate<std::int64_t>("draw",
                                 numbered<std::int64_t>(parameters.front().prior_values.size(), 0));
  for (const OfParameter& field : of_parameter) {
    std::vector<double> values;
    for (Parameter& parameter : parameters) values.push_back(field.of(parameter));
    group.variable<double>(field.name, {"parameter"}, values);
  }
  group.variable<double>("prior_quantiles", {"parameter", "quantile"}, prior_quantiles);
  group.variable<double>("quantiles", {"parameter", "quantile"}, quantiles);
  group.variable<double>("prior_values", {"parameter", "draw"}, prior_values);
}

std::vector<ConditionedFact> read_facts(hid_t group) {
  const auto text = hdf5::read<std::string>(group, "text");
  const std::vector<hsize_t> shape = {text.size()};
  const auto line = hdf5::read<std::int32_t>(group, "line", shape);
  const auto day = hdf5::read<double>(group, "day", shape);
  const auto share = hdf5::read<double>(group, "share", shape);
  const auto evidence = hdf5::read<double>(group, "evidence", shape);
  const auto likelihood = hdf5::read<std::int8_t>(group, "likelihood", shape);
  std::vector<ConditionedFact> facts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    facts.push_back({text[i], line[i], day[i], share[i], evidence[i], likelihood[i] != 0});
  }
  return facts;
}

Quantiles quantiles_at(const std::vector<double>& values, std::size_t row) {
  Quantiles quantiles{};
  std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(row * quantile_count), quantile_count,
              quantiles.begin());
  return quantiles;
}

std::vector<Parameter> read_posterior(hid_t root) {
  const hdf5::Handle group = hdf5::open_group(root, "posterior");
  const auto names = hdf5::read<std::string>(group.id(), "parameter");
  const std::vector<hsize_t> shape = {names.size(), quantile_count};
  const auto prior_quantiles = hdf5::read<double>(group.id(), "prior_quantiles", shape);
  const auto quantiles = hdf5::read<double>(group.id(), "quantiles", shape);
  const auto draws = hdf5::read<std::int64_t>(group.id(), "draw").size();
  const auto prior_values = hdf5::read<double>(group.id(), "prior_values", {names.size(), draws});
  std::vector<Parameter> parameters(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    parameters[i].name = names[i];
    parameters[i].prior_quantiles = quantiles_at(prior_quantiles, i);
    parameters[i].quantiles = quantiles_at(quantiles, i);
    const auto from = prior_values.begin() + static_cast<std::ptrdiff_t>(i * draws);
    parameters[i].prior_values.assign(from, from + static_cast<std::ptrdiff_t>(draws));
  }
  for (const OfParameter& field : of_parameter) {
    const auto values = hdf5::read<double>(group.id(), field.name, {names.size()});
    for (std::size_t i = 0; i < names.size(); ++i) field.of(parameters[i]) = values[i];
  }
  return parameters;
}

}  // namespace

void write_conditioned(hid_t root, const Conditioned& conditioned) {
  Conditioned written = conditioned;
  write_evidence(root, written);
  if (!written.posterior.empty()) write_posterior(root, written.posterior);
}

std::optional<Conditioned> read_conditioned_groups(hid_t root, std::uint64_t rows) {
  if (!hdf5::has_member(root, "evidence")) return std::nullopt;
  const hdf5::Handle group = hdf5::open_group(root, "evidence");
  Conditioned read;
  read.method = hdf5::read_attribute<std::string>(group.id(), "method");
  for (const OfAll& field : of_all) {
    field.of(read) = hdf5::read_attribute<double>(group.id(), field.name);
  }
  for (const CountOfAll& field : counts_of_all) {
    const auto count = hdf5::read_attribute<std::int64_t>(group.id(), field.name);
    if (count < 0) throw hdf5::Error("a number of /evidence is negative");
    field.of(read) = static_cast<std::uint64_t>(count);
  }
  read.facts = read_facts(group.id());
  read.origin = hdf5::read<std::int64_t>(group.id(), "origin", {rows});
  if (hdf5::has_member(group.id(), "origin_group")) {
    read.group_evidence = hdf5::read<double>(group.id(), "group_evidence");
    read.group = hdf5::read<std::int32_t>(group.id(), "origin_group", {rows});
    for (const std::int32_t of : read.group) {
      if (of < 0 || static_cast<std::size_t>(of) >= read.group_evidence.size()) {
        throw hdf5::Error("/evidence/origin_group has a group that is none");
      }
    }
  }
  read.record_yaml = hdf5::read_text(group.id(), "record_yaml");
  if (hdf5::has_member(root, "posterior")) read.posterior = read_posterior(root);
  return read;
}

namespace file_rows {

std::vector<FileGroup> conditioned() {
  using enum StoredType;
  const std::string smc = "where method is smc";
  FileGroup evidence{.path = "/evidence",
                     .variables = {coordinate("fact", int32),
                                   coordinate("trial", int64),
                                   coordinate("group", int32),
                                   {"text", {"fact"}, text},
                                   {"line", {"fact"}, int32},
                                   {"day", {"fact"}, float64},
                                   {"share", {"fact"}, float64},
                                   {"evidence", {"fact"}, float64},
                                   {"likelihood", {"fact"}, int8},
                                   {"origin", {"trial"}, int64},
                                   {"group_evidence", {"group"}, float64, {}, Files::all, smc},
                                   {"origin_group", {"trial"}, int32, {}, Files::all, smc},
                                   {"record_yaml", {}, text}},
                     .attributes = {{"method"}},
                     .files = Files::runs,
                     .when = "of `truce condition`",
                     .since = "1.2"};
  evidence.variables[2].when = smc;
  for (const OfAll& field : of_all) evidence.attributes.push_back({field.name, float64});
  for (const CountOfAll& field : counts_of_all) evidence.attributes.push_back({field.name, int64});
  FileGroup posterior{.path = "/posterior",
                      .variables = {coordinate("parameter", text), coordinate("quantile", float64),
                                    coordinate("draw", int64)},
                      .files = Files::runs,
                      .when = "of `truce condition`, where parameters are drawn",
                      .since = "1.2"};
  for (const OfParameter& field : of_parameter) {
    posterior.variables.push_back({field.name, {"parameter"}, float64});
  }
  posterior.variables.push_back({"prior_quantiles", {"parameter", "quantile"}, float64});
  posterior.variables.push_back({"quantiles", {"parameter", "quantile"}, float64});
  posterior.variables.push_back({"prior_values", {"parameter", "draw"}, float64});
  return {evidence, posterior};
}

}  // namespace file_rows

}  // namespace truce::results
