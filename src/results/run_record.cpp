#include "results/run_record.hpp"

#include <unistd.h>

#include <array>
#include <ctime>
#include <nlohmann/json.hpp>
#include <string>

#include "results/detail/utf8.hpp"
#include "results/text_file.hpp"

namespace truce::results {

namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? valid_utf8(name.data()) : "unknown";
}

/// ISO 8601, UTC.
std::string text_of(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  std::array<char, 32> text{};
  if (::gmtime_r(&seconds, &parts) == nullptr) return {};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

double per_second(std::uint64_t count, double seconds) {
  return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}

}  // namespace

std::filesystem::path run_record_path(const std::filesystem::path& results_file) {
  // Only what says that it is HDF5 is left out: "word0.2" and "word0.9" are two names.
  std::filesystem::path record = results_file;
  for (const char* extension : {".h5", ".hdf5", ".nc"}) {
    if (results_file.extension() == extension) record.replace_extension();
  }
  record += ".run.json";
  return record;
}

void write_run_record(const std::filesystem::path& results_file, const RunRecord& record) {
  const nlohmann::ordered_json json = {
      {"results", valid_utf8(results_file.filename().string())},
      {"started", text_of(record.started)},
      {"host", host_name()},
      {"threads", record.threads},
      {"seconds", record.seconds},
      {"trials", record.trials},
      {"trials_per_second", per_second(record.trials, record.seconds)},
      {"events", record.events},
      {"events_per_second", per_second(record.events, record.seconds)},
  };
  write_text(run_record_path(results_file), json.dump(2) + "\n");
}

}  // namespace truce::results
