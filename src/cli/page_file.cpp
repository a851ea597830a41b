#include "cli/page_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>

#include "cli/output_file.hpp"
#include "results/error.hpp"
#include "results/hidden_file.hpp"

namespace truce::cli {

namespace {

namespace fs = std::filesystem;
using results::ResultsError;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

fs::path page_file(const std::string& asked, const fs::path& results, bool force) {
  fs::path path = asked.empty() ? fs::path(results).replace_extension(".html") : fs::path(asked);
  const std::string extension = path.extension().string();
  if (extension != ".html" && extension != ".htm") {
    throw ResultsError(path, "a report is a page in HTML; name it " +
                                 fs::path(path).replace_extension(".html").string());
  }
  path = without_links(path);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) throw ResultsError(path, "is a folder");
  if (fs::exists(status) && !force) {
    throw ResultsError(path, "exists already; give another --output, or --force");
  }
  const fs::path folder = path.parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error)) {
    throw ResultsError(folder, "is no folder; make it first");
  }
  return path;
}

void write_page(const fs::path& path, const std::string& text) {
  const std::string name = "." + path.filename().string() + ".partial-";
  results::HiddenName hidden(path.parent_path() / (name + std::to_string(::getpid())));
  std::unique_ptr<std::FILE, Close> file(std::fopen(hidden.path().c_str(), "wbx"));
  if (!file) throw ResultsError::of_call(path, errno);
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  // A full disk may show when the last of it is written out, or when it is closed.
  if (!written || std::fflush(file.get()) != 0 || ::fsync(::fileno(file.get())) != 0 ||
      std::fclose(file.release()) != 0) {
    throw ResultsError::of_call(path, errno);
  }
  if (std::rename(hidden.path().c_str(), path.c_str()) != 0) {
    throw ResultsError::of_call(path, errno);
  }
  hidden.release();
}

}  // namespace truce::cli
