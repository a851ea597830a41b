#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>

#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

void Compiler::compile_correlations() {
  if (scenario_.correlations.empty()) return;
  model::Copula& copula = model_.copula;
  std::unordered_map<std::string, std::size_t> rows;
  const auto row_of = [&](const Name& name) -> std::optional<std::size_t> {
    if (const auto at = rows.find(name.text); at != rows.end()) return at->second;
    const auto parameter = std::ranges::find(model_.parameters, name.text, &model::Parameter::name);
    if (parameter == model_.parameters.end() || !parameter->prior.present()) return std::nullopt;
    const auto sampler = model::constant_sampler(model_.program, parameter->prior);
    if (!sampler) {
      diagnostics_.error(name.position,
                         fmt::format("the prior of '{}' cannot be correlated", name.text),
                         "it is not a single distribution with constant arguments");
      return std::nullopt;
    }
    parameter->correlated = true;
    copula.parameters.push_back(static_cast<std::size_t>(parameter - model_.parameters.begin()));
    copula.samplers.push_back(*sampler);
    return rows.emplace(name.text, rows.size()).first->second;
  };
  struct Entry {
    std::size_t row, column;
    double rho;
  };
  std::vector<Entry> entries;
  for (const Correlation& written : scenario_.correlations) {
    const auto row = row_of(written.between[0]);
    const auto column = row_of(written.between[1]);
    const Bound rho = bind<&Correlation::rho>(written, "rho");
    if (!row || !column) continue;
    if (*row == *column) {
      diagnostics_.error(written.position, "a parameter is correlated with itself");
    } else if (!rho.known || !(*rho.known > -1 && *rho.known < 1)) {
      diagnostics_.error(written.rho.position, "'rho' is not between -1 and 1");
    } else if (std::ranges::any_of(entries, [&](const Entry& e) {
                 return (e.row == *row && e.column == *column) ||
                        (e.row == *column && e.column == *row);
               })) {
      diagnostics_.error(written.position, "these two parameters are correlated twice");
    } else {
      entries.push_back({*row, *column, *rho.known});
    }
  }
  const auto size = static_cast<Eigen::Index>(copula.parameters.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(size, size);
  for (const Entry& e : entries) {
    const auto i = static_cast<Eigen::Index>(e.row);
    const auto j = static_cast<Eigen::Index>(e.column);
    matrix(i, j) = matrix(j, i) = e.rho;
  }
  const Eigen::LLT<Eigen::MatrixXd> cholesky(matrix);
  if (cholesky.info() != Eigen::Success) {
    diagnostics_.error(scenario_.correlations.front().position,
                       "the correlations do not fit together",
                       "their matrix is not positive definite");
    return;
  }
  const Eigen::MatrixXd factor = cholesky.matrixL();
  for (Eigen::Index i = 0; i < size; ++i) {
    for (Eigen::Index j = 0; j <= i; ++j) copula.factor.push_back(factor(i, j));
  }
}

}  // namespace truce::scenario
