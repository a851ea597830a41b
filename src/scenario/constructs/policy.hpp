#pragma once

#include "model/entities.hpp"
#include "scenario/constructs/row.hpp"

namespace truce::scenario {

/// What a side may do about a breach, and its weight.
struct Response {
  model::ResponseKind kind = model::ResponseKind::tolerate;
  Position position;
  Expression weight;
  std::optional<Expression> lasts, notice;
  NameByParty incident;
};

template <>
struct Room<Response> {
  static constexpr std::tuple rows = {
      row("weight", must, Purpose::weight, "relative to the other responses", &Response::weight),
      row("for", may, Purpose::duration, "of hold and suspend; default: until mended or resumed",
          &Response::lasts),
      row("notice", may, Purpose::duration, "of hold and suspend: given before it begins",
          &Response::notice),
      row("incident", may, Refers::incident,
          "of retaliate: the incident, or a mapping party: incident", &Response::incident)};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "response", .keys = keys, .plain = "weight"};
};

/// A response that a policy may have.
struct ResponseForm {
  Key key;
  model::ResponseKind kind;
};

namespace detail {

constexpr ResponseForm response(std::string_view name, model::ResponseKind kind,
                                std::string_view summary) {
  return {{.name = name,
           .kind = ValueKind::mapping,
           .need = may,
           .summary = summary,
           .table = &Room<Response>::table},
          kind};
}

}  // namespace detail

inline constexpr std::array response_forms = {
    tested(detail::response("tolerate", model::ResponseKind::tolerate, "weight of doing nothing"),
           "verification/owed_and_given.cpp", "what is tolerated is missing all the same"),
    tested(detail::response("dispute", model::ResponseKind::dispute, "weight of opening a dispute"),
           "verification/disputes.cpp", "queues M/M/1 and M/M/2 (Erlang C)"),
    tested(detail::response("hold", model::ResponseKind::hold,
                            "weight of withholding the answers to it"),
           "verification/answers.cpp", "holds after notice, day by day"),
    tested(detail::response("suspend", model::ResponseKind::suspend,
                            "weight of suspending all that it owes"),
           "verification/answers.cpp", "suspensions after notice, day by day"),
    tested(detail::response("retaliate", model::ResponseKind::retaliate,
                            "weight of an incident in return"),
           "verification/neutral_by_hand.cpp", "a program written by hand, to the last bit"),
    tested(detail::response("withdraw", model::ResponseKind::withdraw,
                            "weight of leaving the agreement: it collapses"),
           "verification/chain.cpp", "a geometric number of tranches")};

struct Policy {
  Name name;
  std::vector<Response> responses;
};

class MappingReader;

template <>
struct Room<Policy> {
  static constexpr std::tuple rows = {summary_row(), source_row()};
  static constexpr std::array keys = keys_of(response_forms, rows);
  static constexpr KeyTable table{
      .what = "policy", .keys = keys, .example = "{tolerate: 2, dispute: 1}"};
  static void finish(MappingReader& in, Policy& policy);
  static constexpr auto parts = &Policy::responses;
};

}  // namespace truce::scenario
