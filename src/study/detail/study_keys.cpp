#include "study/detail/study_keys.hpp"

#include <algorithm>
#include <array>

#include "study/description.hpp"
#include "study/design.hpp"

namespace truce::study {

namespace keys {

namespace {

using scenario::Key;
using enum scenario::ValueKind;
constexpr auto must = scenario::Need::must;
constexpr auto may = scenario::Need::may;

constexpr auto design_words = [] {
  std::array<std::string_view, design_forms.size()> words;
  std::ranges::transform(design_forms, words.begin(), &DesignForm::name);
  return words;
}();
static_assert(study_version == 1, "the summary of the key 'study' tells it");
constexpr std::array study_keys = {
    Key{"study", version, must, "version of the language of studies: 1"},
    Key{"name", text, may, "the question, as a title"},
    Key{"summary", text, may, "a paragraph on the study"},
    Key{"scenario", text, must, "path of the scenario, relative to this file"},
    Key{"seed", value, may, "seed of all points; default 1"},
    Key{"trials", value, may, "trials per point; default 10000"},
    Key{"precision", mapping, may, "stop each point when this is reached", &precision},
    Key{"design", mapping, must, "which values of the parameters are tried", &design},
    Key{"vary", entries, may, "parameters: 'prior', a distribution, or a list of values"},
    Key{"variants", entries, may, "structural assumptions: overlays merged into the scenario"},
    Key{"factors", entries, may, "overlays that cross the variants, each on or off"},
    Key{"fraction", text, may, "1/2: half of the factors' combinations"},
    Key{"compare", mapping, may, "what truce compare tells by default", &compare},
};
constexpr std::array precision_keys = {
    Key{"outcome", text, must, "outcome whose mean or share is to be precise"},
    Key{"difference", pair, may,
        "[a, b]: it is the difference of variants a and b that is to be precise, at each row of "
        "the design"},
    Key{"half_width", value, may, "of the interval at which to stop"},
    Key{"excludes", value, may,
        "of a difference: stop too when the interval has neither this nor its negative"},
    Key{"confidence", value, may, "of that interval; default 0.95"},
    Key{"at_most", value, may, "no more trials per point than this; default 1000000"},
};
constexpr std::array design_keys = {
    Key{"kind", choice, must,
        "grid, list, one_at_a_time, latin_hypercube, sobol, saltelli or morris", nullptr,
        design_words},
    Key{"points", value, may,
        "points of latin_hypercube and sobol, base sample of saltelli, trajectories of morris"},
    Key{"levels", value, may, "of morris; default 4"},
    Key{"replicates", value, may,
        "of saltelli: independently scrambled parts of the base sample; default: 16, or as many as "
        "divide it"},
    Key{"file", text, may, "of list: a CSV file, one column per parameter, one row per point"},
};
constexpr std::array compare_keys = {
    Key{"against", text, may, "the variant that the others are compared with; default: the first"},
    Key{"outcomes", list, may, "outcomes to compare"},
};

}  // namespace

const scenario::KeyTable study{.what = "study", .keys = study_keys};
const scenario::KeyTable precision{
    .what = "precision", .keys = precision_keys, .naming = scenario::Naming::owner};
const scenario::KeyTable design{
    .what = "design", .keys = design_keys, .naming = scenario::Naming::owner};
const scenario::KeyTable compare{
    .what = "compare", .keys = compare_keys, .naming = scenario::Naming::owner};

}  // namespace keys

}  // namespace truce::study
