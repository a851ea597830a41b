#include "cli/draw_text.hpp"

#include <fmt/format.h>

namespace truce::cli {

std::string address_text(std::string_view stream, std::uint32_t number) {
  return fmt::format("{}[{}]", stream, number);
}

std::string chance_text(std::string_view stream, bool yes) {
  if (stream.ends_with(".comply")) return yes ? "complies" : "does not comply";
  return yes ? "yes" : "no";
}

std::string choice_text(std::size_t chosen) {
  return fmt::format("choice {}", chosen + 1);
}

std::string text_of(const KeptDraw& kept) {
  const model::Draw& draw = kept.draw;
  std::string text = fmt::format("{}: drew {:.6f}", address_text(kept.stream, draw.number), draw.u);
  if (draw.held == model::Held::chance) {
    text += fmt::format(" against {:.6g}: {}", draw.probability,
                        chance_text(kept.stream, draw.u < draw.probability));
  } else if (draw.held == model::Held::choice) {
    text += fmt::format(", for {:.6g} to {:.6g}: {}", draw.from, draw.from + draw.probability,
                        choice_text(draw.chosen));
  }
  for (std::size_t i = 0; i < kept.formulas.size(); ++i) {
    text += fmt::format("{} {} = {:.6g}", i == 0 ? "; by" : ",", kept.formulas[i].first,
                        kept.formulas[i].second + 0.0);
  }
  return text;
}

}  // namespace truce::cli
