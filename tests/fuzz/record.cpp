#include "scenario/record.hpp"

#include "fuzz/targets.hpp"
#include "fuzz/trials.hpp"
#include "fuzz/work_folder.hpp"
#include "scenario/observed.hpp"

namespace truce::fuzz {

void record(std::string_view text) {
  work_folder();  // where there is a table for series
  scenario::Diagnostics diagnostics;
  auto record = scenario::read_record_text(text, "record.yaml", diagnostics);
  require(record.has_value() != diagnostics.has_errors(), "what is refused has an error");
  if (!record) return;
  scenario::read_series(*record, diagnostics);
  if (diagnostics.has_errors()) return;
  scenario::Observed observed{.record = &*record};
  const auto loaded =
      scenario::load_observed(scenario::parse_document(small_scenario, "small.yaml", diagnostics),
                              {}, observed, diagnostics);
  require(loaded.has_value() != diagnostics.has_errors(), "what is refused has an error");
  if (!loaded) return;
  require(observed.facts.size() == record->known.size(), "each fact is known");
  run_three_trials(loaded->model);
}

}  // namespace truce::fuzz
