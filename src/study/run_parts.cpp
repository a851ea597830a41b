#include "study/run_parts.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <tuple>

namespace truce::study {

namespace {

namespace fs = std::filesystem;
using results::Completion;
using results::RunPart;
using results::RunWriter;
using results::TrialRange;

/// The trials that a part was to have, by its name; none of another file.
TrialRange range_in_name(const fs::path& path) {
  const std::string name = path.filename().string();
  TrialRange range;
  if (!name.starts_with("0") || !name.ends_with(".h5")) return range;
  const char* end = name.data() + name.size();
  const char* at = std::from_chars(name.data(), end, range.first).ptr;
  if (at != end && *at == '-') std::from_chars(at + 1, end, range.end);
  return range;
}

RunPart read_finished(const RunFile& file, const fs::path& path) {
  RunPart part;
  try {
    part = results::read_part(path);
  } catch (const results::ResultsError& damage) {
    throw results::ResultsError(path, damage.reason() + "; remove it, and its trials are run again",
                                damage.fault());
  }
  const TrialRange range = trials_of(file);
  std::string what = results::difference(file.schema, part.schema);
  if (what.empty() && (part.trials.first < range.first || part.trials.end > range.end)) {
    what = "the shard";
  }
  if (what.empty()) return part;
  throw not_resumable(path, what);
}

/// Whether the output is what an interrupted attempt of this run has left.
std::optional<RunPart> earlier_output(const RunFile& file) {
  std::error_code error;
  if (!fs::exists(file.output, error)) return {};
  try {
    RunPart part = results::read_part(file.output);
    const bool begins = part.trials.first == trials_of(file).first;
    if (begins && part.completion == Completion::interrupted &&
        results::difference(file.schema, part.schema).empty()) {
      return part;
    }
  } catch (const results::ResultsError&) {  // nothing to go on from
  }
  return {};
}

/// Throws ResultsError where something else has the name.
void require_folder(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error) || fs::is_directory(folder, error)) return;
  throw results::ResultsError(folder,
                              "is no folder, and finished parts are kept there; move it away");
}

/// The parts that have trials among these and no others, in no order. Of those that were to have
/// others alone, the files are not opened.
std::vector<RunPart> parts_within(const RunFile& file, const TrialRange& trials) {
  require_folder(parts_folder(file.output));
  std::vector<RunPart> parts;
  std::error_code error;
  for (fs::directory_iterator at(parts_folder(file.output), error), end; !error && at != end;
       at.increment(error)) {
    const TrialRange range = range_in_name(at->path());
    if (range.end > trials.first && range.first < trials.end) {
      RunPart part = read_finished(file, at->path());
      const bool within = part.trials.first >= trials.first && part.trials.end <= trials.end;
      if (within) parts.push_back(std::move(part));
    }
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    throw results::ResultsError::of_call(parts_folder(file.output), error.value());
  }
  return parts;
}

/// In the order of trials. Those that have some trials twice come of attempts that were cut in
/// different ways, or of parts that were put together: the longest of these is kept.
std::vector<RunPart> without_overlaps(std::vector<RunPart> parts) {
  std::ranges::sort(parts, [](const RunPart& a, const RunPart& b) {
    const auto key = [](const RunPart& part) {
      return std::tuple(part.trials.first, ~part.trials.end, part.path);
    };
    return key(a) < key(b);
  });
  std::uint64_t next = 0;
  std::erase_if(parts, [&](const RunPart& part) {
    if (part.trials.first < next) return true;
    next = part.trials.end;
    return false;
  });
  return parts;
}

}  // namespace

TrialRange trials_of(const RunFile& file) {
  return file.shard.value_or(TrialRange{0, file.schema.trials});
}

fs::path parts_folder(const fs::path& output) {
  fs::path folder = output;
  folder += ".parts";
  return folder;
}

bool keeps_parts(const fs::path& output) {
  const fs::path folder = parts_folder(output);
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    // Hidden files are not finished.
    if (at->is_regular_file(error) && !at->path().filename().string().starts_with(".")) return true;
  }
  remove_empty_folder(folder);
  return false;
}

void make_parts_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directory(folder, error);
  require_folder(folder);
  if (error) throw results::ResultsError::of_call(folder, error.value());
}

void remove_empty_folder(const fs::path& folder) {
  ::rmdir(folder.c_str());
}

results::ResultsError not_resumable(const fs::path& left, const std::string& what) {
  return {left, fmt::format("is of an earlier attempt that cannot be resumed: {} differs; remove "
                            "the folder to begin anew",
                            what)};
}

fs::path part_name(const RunFile& file, const TrialRange& trials) {
  return parts_folder(file.output) / fmt::format("{:015}-{:015}.h5", trials.first, trials.end);
}

bool is_part(const fs::path& file) {
  return range_in_name(file).end > 0;
}

void remove_parts(const RunFile& file, const std::vector<RunPart>& parts) {
  std::error_code error;
  for (const RunPart& part : parts) {
    if (part.path != file.output) fs::remove(part.path, error);
  }
  remove_empty_folder(parts_folder(file.output));
}

std::vector<RunPart> finished_parts(const RunFile& file, const TrialRange& trials) {
  return without_overlaps(parts_within(file, trials));
}

std::vector<RunPart> finished_parts(const RunFile& file) {
  std::vector<RunPart> parts = parts_within(file, {0, ~std::uint64_t{0}});
  if (auto earlier = earlier_output(file)) parts.push_back(std::move(*earlier));
  return without_overlaps(std::move(parts));
}

std::vector<TrialRange> missing_in(const std::vector<RunPart>& parts, const TrialRange& all) {
  std::vector<TrialRange> missing;
  std::uint64_t next = all.first;
  for (const RunPart& part : parts) {
    if (part.trials.first >= all.end) break;
    if (next < part.trials.first) missing.push_back({next, part.trials.first});
    next = std::max(next, part.trials.end);
  }
  if (next < all.end) missing.push_back({next, all.end});
  return missing;
}

void join_finished_parts(const RunFile& file, const TrialRange& trials) {
  const std::vector<RunPart> parts = finished_parts(file, trials);
  RunWriter joined(part_name(file, trials), file.schema, results::OverwritePolicy::replace,
                   file.settings.threads, trials);
  for (const RunPart& part : parts) joined.join(part.path);
  joined.finish(Completion::shard);
  std::error_code error;
  for (const RunPart& part : parts) fs::remove(part.path, error);
}

void remove_finished_parts(const RunFile& file) {
  std::error_code error;
  if (!fs::exists(parts_folder(file.output), error)) return;
  try {
    remove_parts(file, finished_parts(file));
  } catch (const results::ResultsError&) {  // of another attempt, which may be gone on with
  }
}

}  // namespace truce::study
