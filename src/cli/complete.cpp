#include "cli/complete.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "results/run_reader.hpp"
#include "results/study_reader.hpp"
#include "scenario/compile.hpp"

namespace truce::cli {

namespace {

/// What a file has names for.
struct Names {
  std::vector<std::string> parameters, outcomes, endings;
};

Names names_of_results(const std::string& file) {
  const auto of_schema = [](const results::Schema& schema) {
    Names names;
    for (const auto& parameter : schema.parameters) names.parameters.push_back(parameter.name);
    for (const results::Column& column : schema.columns) {
      if (column.kind != results::ColumnKind::category) names.outcomes.push_back(column.name);
      if (column.name == "ending") names.endings = column.labels;
    }
    return names;
  };
  if (!results::is_study(file)) return of_schema(results::RunReader(file).schema());
  return of_schema(results::StudyReader(file).schema().common);
}

Names names_of_scenario(const std::string& file) {
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load(file, {}, diagnostics);
  Names names;
  if (!loaded) return names;
  for (const auto& parameter : loaded->model.parameters) {
    names.parameters.push_back(parameter.name);
  }
  for (const auto& column : loaded->model.columns) names.outcomes.push_back(column.name);
  return names;
}

/// Of the first file among the words that has any.
Names names_in(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::string extension = std::filesystem::path(word).extension().string();
    std::error_code error;
    if (!std::filesystem::is_regular_file(word, error)) continue;
    try {
      if (extension == ".yaml" || extension == ".yml") return names_of_scenario(word);
      if (extension == ".h5" || extension == ".nc") return names_of_results(word);
    } catch (const std::exception&) {  // a file that cannot be read has no names
    }
  }
  return {};
}

std::vector<std::string> with_equals(std::vector<std::string> names) {
  for (std::string& name : names) name += '=';
  return names;
}

/// The words that an option takes, as its type says: "TEXT:{csv,md}".
std::vector<std::string> choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return {};
  return CLI::detail::split(type.substr(open + 1, close - open - 1), ',');
}

std::vector<std::string> values_of(const CLI::Option& option, const Names& names) {
  const std::string name = option.get_name();
  if (name == "--set") return with_equals(names.parameters);
  if (name == "--precision") return with_equals(names.outcomes);
  if (name == "--outcome" || name == "--best") return names.outcomes;
  if (name == "--ending") return names.endings;
  return choices_of(option);
}

}  // namespace

std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words,
                                     std::size_t at) {
  const std::string begun = at < words.size() ? words[at] : "";
  std::vector<std::string> all;
  const auto verbs = app.get_subcommands([](const CLI::App*) { return true; });
  const auto verb = std::ranges::find_if(verbs, [&](const CLI::App* each) {
    return words.size() > 1 && at > 1 && each->get_name() == words[1];
  });
  if (at == 1) {
    for (const CLI::App* each : verbs) {
      if (!each->get_group().empty()) all.push_back(each->get_name());
    }
    for (const char* option : {"--help", "--version"}) all.emplace_back(option);
  } else if (verb != verbs.end()) {
    const CLI::Option* const before =
        words[at - 1].starts_with("-") ? (*verb)->get_option_no_throw(words[at - 1]) : nullptr;
    if (before != nullptr && before->get_expected_max() > 0) {
      all = values_of(*before, names_in(words));
    } else if (begun.starts_with("-")) {
      for (const CLI::Option* option : (*verb)->get_options()) {
        for (const std::string& name : option->get_lnames()) all.push_back("--" + name);
      }
    } else if ((*verb)->get_name() == "show" && at > 2) {
      all = names_in(words).outcomes;
    } else {
      for (const CLI::Option* option : (*verb)->get_options()) {
        if (option->get_positional()) all = choices_of(*option);
      }
    }
  }
  std::erase_if(all, [&](const std::string& each) { return !each.starts_with(begun); });
  return all;
}

void add_complete(CLI::App& app) {
  struct Options {
    std::size_t at = 0;
    std::vector<std::string> words;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb =
      app.add_subcommand("complete", "for shells: what may stand at a place of a line");
  verb->group("");
  verb->add_option("at", options->at)->required();
  verb->add_option("words", options->words);
  verb->callback([&app, options] {
    for (const std::string& each : completions(app, options->words, options->at)) {
      fmt::print("{}\n", each);
    }
  });
}

}  // namespace truce::cli
