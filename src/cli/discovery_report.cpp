#include "cli/discovery_report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/json.hpp"
#include "cli/report.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

using analysis::Box;
using analysis::Discovery;
using analysis::Search;
using results::per_cent;
using results::short_number;

const std::string& name_of(const SearchedPoints& points, const Box::Limit& limit) {
  return points.names[static_cast<std::size_t>(limit.dimension)];
}

bool is_variant(const SearchedPoints& points, const Box::Limit& limit) {
  return !points.variants.empty() &&
         static_cast<std::size_t>(limit.dimension) + 1 == points.names.size();
}

std::vector<std::string> allowed_names(const SearchedPoints& points, const Box::Limit& limit) {
  std::vector<std::string> names;
  for (const double x : limit.allowed) {
    names.push_back(is_variant(points, limit) ? points.variants[static_cast<std::size_t>(x)]
                                              : short_number(x));
  }
  return names;
}

std::string allowed_text(const SearchedPoints& points, const Box::Limit& limit) {
  if (!limit.allowed.empty()) {
    return fmt::format("{}", fmt::join(allowed_names(points, limit), " or "));
  }
  if (!std::isfinite(limit.high)) return "from " + short_number(limit.low);
  if (!std::isfinite(limit.low)) return "up to " + short_number(limit.high);
  return fmt::format("{} to {}", short_number(limit.low), short_number(limit.high));
}

template <class... Arguments>
void print_fitted(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::print("{}", fitted(fmt::format(format, std::forward<Arguments>(arguments)...)));
}

/// The first step and the last, the one chosen, and some between them.
bool is_told(const Search& search, std::size_t step) {
  constexpr std::size_t rows = 12;
  const std::size_t every = (search.trajectory.size() + rows - 1) / rows;
  return step % every == 0 || step == search.chosen || step + 1 == search.trajectory.size();
}

void print_trajectory(const Search& search) {
  std::size_t told = 0;
  results::TextTable table({{""}, {"mass"}, {"coverage"}, {"density"}, {"limits"}});
  for (std::size_t i = 0; i < search.trajectory.size(); ++i) {
    const Box& box = search.trajectory[i];
    if (!is_told(search, i)) continue;
    ++told;
    table.add({i == search.chosen ? "*" : "", per_cent(box.mass) + " %",
               per_cent(box.coverage) + " %", per_cent(box.density) + " %",
               std::to_string(box.limits.size())});
  }
  fmt::print("{}", table.text(screen_columns()));
  print_fitted(
      "{} steps, each with a smaller box{}; mass: the share of the points that are in it; "
      "coverage: "
      "of the cases; density: of cases among the points in it; limits: assumptions that it "
      "restricts\n\n",
      search.trajectory.size(), search.trajectory.size() > told ? " (--json tells all)" : "");
}

void print_box(const SearchedPoints& points, const Search& search) {
  const Box& box = search.box;
  print_fitted(
      "the box at *, pasted (p = {:.2g}): {} % of the cases are in {} % of the points, where {} % "
      "are cases\nin points that took no part in finding it: {} % ({} to {}) are cases, with {} % "
      "of them\n\n",
      search.p_value, per_cent(box.coverage), per_cent(box.mass), per_cent(box.density),
      per_cent(search.density_validated), per_cent(search.density_interval.low),
      per_cent(search.density_interval.high), per_cent(search.coverage_validated));
  const double cases = box.coverage * points.share.sum();
  if (search.too_few) {
    print_fitted(
        "only {} cases are in the box: the interval may hold less often than 95 %; more points "
        "would help\n\n",
        results::decimal(cases, std::abs(cases - std::round(cases)) < 1e-6 ? 0 : 1));
  }
  results::TextTable limits({{"assumption", results::Align::left},
                             {"in the box", results::Align::left},
                             {"p-value"},
                             {"kept by resamples"}});
  for (std::size_t i = 0; i < box.limits.size(); ++i) {
    limits.add({name_of(points, box.limits[i]), allowed_text(points, box.limits[i]),
                fmt::format("{:.2g}", search.support[i].p_value),
                per_cent(search.support[i].kept) + " %"});
  }
  fmt::print("{}\n", limits.text(screen_columns()));
  if (search.dropped.empty()) return;
  std::vector<std::string> dropped;
  for (const Eigen::Index d : search.dropped) {
    dropped.push_back(points.names[static_cast<std::size_t>(d)]);
  }
  print_fitted("left out, as chance restricts them as well: {}\n\n", fmt::join(dropped, ", "));
}

Json json_of(const Box& box, const SearchedPoints& points, const Search* support) {
  Json limits = Json::object();
  for (std::size_t i = 0; i < box.limits.size(); ++i) {
    const Box::Limit& limit = box.limits[i];
    Json& entry = limits[name_of(points, limit)];
    if (limit.allowed.empty()) {
      entry = {{"low", number(limit.low)}, {"high", number(limit.high)}};
    } else if (is_variant(points, limit)) {
      entry = {{"allowed", allowed_names(points, limit)}};
    } else {
      entry = {{"allowed", limit.allowed}};
    }
    if (support == nullptr) continue;
    entry["p_value"] = support->support[i].p_value;
    entry["kept"] = support->support[i].kept;
  }
  return {{"mass", box.mass},
          {"coverage", box.coverage},
          {"density", box.density},
          {"limits", std::move(limits)}};
}

Json json_of(const Search& search, const SearchedPoints& points) {
  Json trajectory = Json::array();
  for (const Box& box : search.trajectory) trajectory.push_back(json_of(box, points, nullptr));
  Json result = {{"found", search.found},
                 {"p_value", search.p_value},
                 {"chosen", search.chosen},
                 {"trajectory", std::move(trajectory)}};
  if (!search.found) return result;
  Json dropped = Json::array();
  for (const Eigen::Index d : search.dropped) {
    dropped.push_back(points.names[static_cast<std::size_t>(d)]);
  }
  result["box"] = json_of(search.box, points, &search);
  result["dropped"] = std::move(dropped);
  result["validated"] = {{"density", number(search.density_validated)},
                         {"density_low", number(search.density_interval.low)},
                         {"density_high", number(search.density_interval.high)},
                         {"coverage", number(search.coverage_validated)},
                         {"too_few", search.too_few}};
  return result;
}

}  // namespace

void print_discovery(const std::string& target, const SearchedPoints& points,
                     const Discovery& discovery, const analysis::PeelingSettings& settings) {
  print_fitted("{}, {}, {} points, {} % over all\n\n", target,
               points.variants.empty() ? "variant " + points.variant : "all variants",
               points.share.size(), per_cent(discovery.base_rate));
  if (points.share.minCoeff() == points.share.maxCoeff()) {
    fmt::print("it does not vary: {} % in every point\n\n{}", per_cent(points.share(0)),
               points.notes);
    return;
  }
  std::size_t found = 0;
  for (const Search& search : discovery.searches) {
    if (!search.found && found > 0) {
      print_fitted("no further box does better than chance in the points outside (p = {:.2g})\n\n",
                   search.p_value);
      break;
    }
    if (discovery.searches.size() > 1 && discovery.searches[1].found) {
      fmt::print("box {}{}\n\n", found + 1,
                 found > 0 ? ", of the points outside the ones above" : "");
    }
    print_trajectory(search);
    if (search.found) {
      ++found;
      print_box(points, search);
    } else if (search.chosen == 0) {
      print_fitted("no box does better than all points together{}\n\n",
                   settings.least_density > 0 ? ", with the density asked for" : "");
    } else {
      print_fitted(
          "no box: that at * is no better than chance finds in points without any pattern (p = "
          "{:.2g})\n\n",
          search.p_value);
    }
  }
  if (found > 1) {
    print_fitted("together: {} % of the cases are in {} % of the points, where {} % are cases\n\n",
                 per_cent(discovery.together.coverage), per_cent(discovery.together.mass),
                 per_cent(discovery.together.density));
  }
  fmt::print("{}", points.notes);
}

nlohmann::ordered_json discovery_json(const SearchedPoints& points, const Discovery& discovery) {
  Json searches = Json::array();
  for (const Search& search : discovery.searches) searches.push_back(json_of(search, points));
  return {{"variant", points.variant},
          {"points", points.share.size()},
          {"base_rate", discovery.base_rate},
          {"searches", std::move(searches)},
          {"together",
           {{"mass", discovery.together.mass},
            {"coverage", discovery.together.coverage},
            {"density", discovery.together.density}}}};
}

}  // namespace truce::cli
