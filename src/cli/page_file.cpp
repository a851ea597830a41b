#include "cli/page_file.hpp"

#include "cli/output_file.hpp"
#include "results/error.hpp"

namespace truce::cli {

namespace fs = std::filesystem;
using results::ResultsError;

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

}  // namespace truce::cli
