// Files of results whose structure is sound for HDF5, and whose content is what no truce has
// written.
//
// An input is a byte that chooses one of five files (a run, a run without rows, a shard, a study, a
// share of one of its points), and then edits (file_edits.hpp). The file is then sealed again, as
// one that is not is read in a process of its own, where a crash is an answer. It is refused, or
// all of it can be read.

#include <array>
#include <atomic>
#include <cstdint>
#include <fstream>

#include "fuzz/file_edits.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/work_folder.hpp"
#include "results/detail/seal_writer.hpp"
#include "results/run_reader.hpp"
#include "results/study_course.hpp"
#include "results/study_reader.hpp"
#include "results/summary_text.hpp"
#include "study/plan.hpp"
#include "study/run_file.hpp"
#include "study/study_file.hpp"

namespace truce::fuzz {

namespace {

namespace fs = std::filesystem;

constexpr const char* small_study = R"yaml(study: 1
name: Small
scenario: small.yaml
trials: 20
design: {kind: latin_hypercube, points: 3}
vary: {word: prior, calm: "uniform(0.01, 0.05)"}
variants: {as_written: {}, calm: {incidents: {shot: {rate: 0}}}}
)yaml";

void write_run(const fs::path& path, std::optional<std::uint64_t> keep, bool shard) {
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load_text(small_scenario, "small.yaml", {}, diagnostics);
  study::RunSettings settings{.trials = 60, .threads = 1, .chronicle = 2, .keep = keep};
  settings.simulator.parameters = model::ParameterSource::from_priors;
  study::RunFile file{.model = loaded->model,
                      .schema = study::schema_of(*loaded, settings, "truce run small.yaml"),
                      .settings = settings,
                      .output = path};
  if (shard) file.shard = results::TrialRange{20, 40};
  const std::atomic<bool> stop = false;
  study::run_to_file(file, {}, stop);
}

void write_study(const fs::path& path, std::uint32_t shards) {
  std::ofstream("original.yaml") << small_study;
  scenario::Diagnostics diagnostics;
  const auto description = study::read_study("original.yaml", diagnostics);
  const auto plan = study::Plan::make(*description, "truce study original.yaml", diagnostics);
  const std::atomic<bool> stop = false;
  study::run_study_to_file(*plan, study::share_of(*plan, 1, shards), 1, path,
                           results::OverwritePolicy::replace, {}, stop);
}

const std::array<OriginalFile, 5>& originals() {
  static const std::array<OriginalFile, 5> all = [] {
    work_folder();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    write_run("run.h5", {}, false);
    write_run("none.h5", 0, false);
    write_run("shard.h5", {}, true);
    write_study("study.h5", 1);
    write_study("share.h5", 12);
    return std::array{read_original("run.h5"), read_original("none.h5"), read_original("shard.h5"),
                      read_original("study.h5"), read_original("share.h5")};
  }();
  return all;
}

void read_run(const fs::path& path) {
  const results::RunReader run(path);
  results::summary_table(run.summary(), {.all = true});
  for (const results::OutcomeSummary& outcome : run.summary().outcomes) {
    const auto distribution = run.distribution(outcome.name);
    results::histogram(run, outcome.name, results::Glyphs::ascii);
  }
  for (const auto& timeline : run.schema().timelines) const auto read = run.timeline(timeline.name);
  if (results::rows_of(run.summary()) < run.summary().trials) return;
  const auto status = run.status();
  for (const results::Column& column : run.schema().columns) {
    require(run.column(column.name).size() == status.size(), "columns are of all trials");
  }
}

void read_study(const fs::path& path) {
  const results::StudyReader study(path);
  const std::size_t rows = study.schema().contained.size();
  for (const results::Column& column : study.schema().common.columns) {
    if (column.kind == results::ColumnKind::category) continue;
    require(study.summary(column.name).size() == rows, "a summary has a row for each point");
  }
  static_cast<void>(study.precision());
  static_cast<void>(study.failures());
  for (std::size_t row = 0; row < std::min<std::size_t>(rows, 3); ++row) {
    static_cast<void>(results::course_of(study, row));
    if (study.keeps_all()) static_cast<void>(study.trials_of(row));
  }
}

}  // namespace

void results(std::string_view edits) {
  if (edits.empty() || edits.size() > 200) return;
  const OriginalFile& original =
      originals()[static_cast<std::uint8_t>(edits[0]) % originals().size()];
  const fs::path path = work_folder() / "edited.h5";
  {
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream << original.bytes;
  }
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  require(file >= 0, "the file is a sound one");
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(edits.data()) + 1;
  for (std::size_t at = 0; at + edit_size < edits.size(); at += edit_size)
    edit_file(file, original, bytes + at);
  H5Fclose(file);
  try {
    results::write_seal(path);
    results::is_study(path) ? read_study(path) : read_run(path);
  } catch (const results::ResultsError& error) {
    require(!error.reason().empty(), "what is refused has a reason");
  }
}

}  // namespace truce::fuzz
