#include "cli/compared_given.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "cli/given.hpp"

namespace truce::cli {

namespace {

std::size_t count_in(const std::vector<std::vector<bool>>& side) {
  std::size_t sum = 0;
  for (const auto& point : side) sum += count_of(point);
  return sum;
}

/// "; given CONDITION: ...".
std::string given_note(const std::string& condition, std::size_t of_a, std::size_t of_b,
                       std::optional<std::size_t> pairs) {
  std::string note =
      fmt::format("; given {}: {} trials of the first, {} of the second", condition, of_a, of_b);
  if (pairs) note += fmt::format("; compared are the {} in both", *pairs);
  return note;
}

}  // namespace

void Chosen::pair() {
  for (std::size_t p = 0; p < a.size(); ++p) {
    const std::size_t common = std::min(a[p].size(), b[p].size());
    a[p].resize(common);
    b[p].resize(common);
    for (std::size_t i = 0; i < common; ++i) a[p][i] = b[p][i] = a[p][i] && b[p][i];
  }
}

void Chosen::keep(Side& side_a, Side& side_b) const {
  if (a.empty()) return;
  keep_chosen(side_a, a);
  keep_chosen(side_b, b);
}

Chosen chosen_of(const CompareOptions& options, const results::RunReader& a,
                 const results::RunReader& b, const std::optional<CommonTrials>& common,
                 std::string& note, ComparedInputs& inputs) {
  Chosen chosen;
  if (options.given.empty()) return chosen;
  chosen.a = {trials_given(options.given, a, options.files[0])};
  chosen.b = {trials_given(options.given, b, options.files[1])};
  const std::size_t of_a = count_in(chosen.a);
  const std::size_t of_b = count_in(chosen.b);
  require_any(chosen.a[0], options.given, options.files[0]);
  require_any(chosen.b[0], options.given, options.files[1]);
  if (common) {
    drop_first(chosen.a, common->before_a);
    drop_first(chosen.b, common->before_b);
    chosen.pair();
  }
  const std::size_t pairs = count_in(chosen.a);
  if (common && pairs == 0) {
    throw std::invalid_argument(
        fmt::format("--given '{}' holds in no trial of both runs", options.given));
  }
  note += given_note(options.given, of_a, of_b, common ? std::optional(pairs) : std::nullopt);
  inputs.json["given"] = {{"condition", options.given}, {"trials_a", of_a}, {"trials_b", of_b}};
  if (common) inputs.json["given"]["pairs"] = pairs;
  return chosen;
}

Chosen chosen_of(const CompareOptions& options, const results::StudyReader& study,
                 const std::vector<std::size_t>& rows_a, const std::vector<std::size_t>& rows_b) {
  Chosen chosen;
  for (const std::size_t row : rows_a) {
    chosen.a.push_back(trials_given(options.given, study, row, options.files[0]));
  }
  for (const std::size_t row : rows_b) {
    chosen.b.push_back(trials_given(options.given, study, row, options.files[0]));
  }
  chosen.pair();
  if (count_in(chosen.a) == 0) {
    throw std::invalid_argument(fmt::format("{}: --given '{}' holds in no trial of both variants",
                                            options.files[0], options.given));
  }
  return chosen;
}

}  // namespace truce::cli
