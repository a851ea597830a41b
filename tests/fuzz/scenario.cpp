#include <string>

#include "fuzz/targets.hpp"
#include "fuzz/trials.hpp"
#include "scenario/compile.hpp"
#include "scenario/document.hpp"

namespace truce::fuzz {

void scenario(std::string_view text) {
  const std::string file = "fuzzed.yaml";
  {
    scenario::Diagnostics diagnostics;
    const scenario::Node node = scenario::parse_document(text, file, diagnostics);
    if (!diagnostics.has_errors()) {
      const std::string written = scenario::to_yaml(node);
      scenario::Diagnostics none;
      const scenario::Node again = scenario::parse_document(written, file, none);
      require(!none.has_errors() && scenario::to_yaml(again) == written, "what is written is read");
    }
  }
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load_text(std::string(text), file, {}, diagnostics);
  require(loaded.has_value() || diagnostics.has_errors(), "what is refused has an error");
  if (loaded) run_three_trials(loaded->model);
}

}  // namespace truce::fuzz
