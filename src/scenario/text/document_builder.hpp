#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenario/document.hpp"
#include "scenario/text/broken_values.hpp"
#include "scenario/text/source.hpp"

namespace truce::scenario {

/// Builds the tree of a document from the events of yaml-cpp's parser, within limits of depth and
/// size, and tells `broken` of the plain scalars that may be pieces of one value.
class DocumentBuilder : public YAML::EventHandler {
 public:
  /// Thrown where reading cannot go on; what happened has been reported.
  struct Abandoned {};

  DocumentBuilder(const Source& source, BrokenValues& broken, Diagnostics& diagnostics)
      : source_(source), broken_(broken), diagnostics_(diagnostics) {}
  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  /// A collection that is not yet closed.
  struct Open {
    Node node;
    Style style = Style::block;
    YAML::anchor_t anchor = 0;
    std::size_t size_before = 0;
    std::optional<Node> key;  ///< of a mapping, while its value is awaited
  };
  struct Anchored {
    Node node;
    std::size_t size = 0;
    std::size_t height = 0;
  };

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style);
  void close();
  void add(Node node, YAML::anchor_t anchor, std::size_t size);
  void grow(std::size_t size, const Position& position);
  void refuse_deeper_than_limit(std::size_t depth, const Position& position);
  void check_tag(const std::string& tag, const Position& position);
  [[nodiscard]] bool awaits_key() const;

  const Source& source_;
  BrokenValues& broken_;
  Diagnostics& diagnostics_;
  bool started_ = false;
  Node root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Anchored> anchored_;
  std::size_t size_ = 0;
};

}  // namespace truce::scenario
