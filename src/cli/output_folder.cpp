#include "cli/output_folder.hpp"

#include <unistd.h>

#include <cerrno>

#include "results/error.hpp"

namespace truce::cli {

namespace fs = std::filesystem;
using results::ResultsError;

TextFile::TextFile(fs::path path)
    : path_(std::move(path)), file_(std::fopen(path_.c_str(), "wbx")) {
  if (!file_) throw ResultsError::of_call(path_, errno);
}

void TextFile::add(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    throw ResultsError::of_call(path_, errno);
  }
}

void TextFile::close() {
  // A full disk may show when the last of it is written out, or when it is closed.
  if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0 ||
      std::fclose(file_.release()) != 0) {
    throw ResultsError::of_call(path_, errno);
  }
}

OutputFolder::OutputFolder(const fs::path& path, const std::string& mark, bool force)
    : path_((path.has_filename() ? path : path.parent_path()).lexically_normal()) {
  if (!path_.has_filename() || path_.filename() == "." || path_.filename() == "..") {
    throw ResultsError(path, "is no name of a folder to be made");
  }
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path_, error);
  if (fs::exists(status)) {
    if (!fs::is_directory(status)) throw ResultsError(path_, "exists already, and is no folder");
    const bool ours = fs::exists(path_ / mark, error);
    if (!ours && !fs::is_empty(path_, error)) {
      throw ResultsError(path_, "exists already, with other files; give another --output");
    }
    if (ours && !force) {
      throw ResultsError(path_, "exists already; give another --output, or --force");
    }
  }
  const fs::path parent = path_.parent_path();
  if (!parent.empty() && !fs::is_directory(parent, error)) {
    throw ResultsError(parent, "is no folder; make it first");
  }
  hidden_ = parent / ("." + path_.filename().string() + ".partial-" + std::to_string(::getpid()));
  if (!fs::create_directory(hidden_, error)) {
    throw ResultsError::of_call(path_, error ? error.value() : EEXIST);
  }
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!hidden_.empty()) fs::remove_all(hidden_, ignored);
}

TextFile OutputFolder::file(const std::string& name) const {
  std::error_code error;
  fs::create_directories((hidden_ / name).parent_path(), error);
  return TextFile(hidden_ / name);
}

void OutputFolder::write(const std::string& name, std::string_view text) const {
  TextFile to = file(name);
  to.add(text);
  to.close();
}

void OutputFolder::publish() {
  std::error_code error;
  const fs::path old = hidden_.string() + "-old";
  const bool replaces = fs::exists(path_, error);
  if (replaces) fs::rename(path_, old, error);
  if (!error) fs::rename(hidden_, path_, error);
  if (error) {
    std::error_code ignored;
    if (replaces && !fs::exists(path_, ignored)) fs::rename(old, path_, ignored);
    throw ResultsError::of_call(path_, error.value());
  }
  hidden_.clear();
  if (replaces) fs::remove_all(old, error);
}

}  // namespace truce::cli
