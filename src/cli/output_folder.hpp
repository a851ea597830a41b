#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace truce::cli {

/// A file of text that is written from its start to its end.
class TextFile {
 public:
  /// Throws ResultsError, as all others do, where that fails; also for a file that is there.
  explicit TextFile(std::filesystem::path path);
  void add(std::string_view text);
  /// All is on the disk then.
  void close();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
};

/// A folder that appears with all its files, or not at all: until it is published it has a hidden
/// name, and is removed when this ends before.
class OutputFolder {
 public:
  /// `mark` is a file that every such folder has. Throws ResultsError where the folder that it is
  /// to stand in is not there, and for what is there already: unless forced, and even then for what
  /// is no folder with that mark, as it may be a user's own.
  OutputFolder(const std::filesystem::path& path, const std::string& mark, bool force);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Its name, once it is published.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// A new file in it; folders between are made.
  [[nodiscard]] TextFile file(const std::string& name) const;
  void write(const std::string& name, std::string_view text) const;
  /// Takes the place of what was there. Throws ResultsError.
  void publish();

 private:
  std::filesystem::path path_;
  std::filesystem::path hidden_;
};

}  // namespace truce::cli
