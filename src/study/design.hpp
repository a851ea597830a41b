#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Which values of the parameters a study tries.
namespace truce::study {

enum class DesignKind : std::uint8_t {
  grid,             ///< all combinations of lists of values
  list,             ///< the rows of a table
  one_at_a_time,    ///< each value of each list, all others at their base
  latin_hypercube,  ///< McKay, Beckman and Conover, Technometrics 21 (1979)
  sobol,            ///< Sobol's sequence, Owen-scrambled
  saltelli,         ///< for Sobol indices: Saltelli et al., Comput. Phys. Commun. 181 (2010)
  morris,           ///< for elementary effects: Morris, Technometrics 33 (1991)
};

/// What is known of a kind of design besides how its points are made.
struct DesignForm {
  std::string_view name;
  DesignKind kind;
  bool given = false;   ///< takes the values that are given, rather than draw from distributions
  bool sample = false;  ///< is taken for a sample of what may be, so that emulators and PRIM apply
};

/// A row for each kind, in the order in which they are told.
inline constexpr std::array design_forms = {
    DesignForm{.name = "grid", .kind = DesignKind::grid, .given = true},
    DesignForm{.name = "list", .kind = DesignKind::list, .given = true, .sample = true},
    DesignForm{.name = "one_at_a_time", .kind = DesignKind::one_at_a_time, .given = true},
    DesignForm{.name = "latin_hypercube", .kind = DesignKind::latin_hypercube, .sample = true},
    DesignForm{.name = "sobol", .kind = DesignKind::sobol, .sample = true},
    DesignForm{.name = "saltelli", .kind = DesignKind::saltelli},
    DesignForm{.name = "morris", .kind = DesignKind::morris},
};

const DesignForm& form_of(DesignKind kind);
/// nullptr where no kind has this name.
const DesignForm* form_named(std::string_view name);
std::string_view name_of(DesignKind kind);
std::vector<std::string> design_names();
/// Whether it is the name of a kind that is a sample.
bool is_sample(std::string_view name);

struct DesignSettings {
  DesignKind kind = DesignKind::grid;
  /// Points of latin_hypercube and sobol; base sample N of saltelli, which makes N (D + 2) rows: A,
  /// B, then for each parameter A with that column from B; trajectories of morris, D + 1 rows each.
  std::uint64_t points = 0;
  std::uint64_t levels = 4;  ///< of morris, even
  /// Of saltelli: independently scrambled parts of the base sample, one after the other, from which
  /// intervals are told; 0: see `replicates_of`.
  std::uint64_t replicates = 0;
  std::uint64_t seed = 1;
};

/// Replicates of a Saltelli design: as set, else the most of 16 to 8 that divide the base sample
/// into parts of 4 rows or more, else 1. Throws std::invalid_argument where that set does not
/// divide it.
std::uint64_t replicates_of(const DesignSettings& settings);

/// Rows of the four sampling designs in the open unit cube, [row, dimension]: a function of the
/// settings and the number of dimensions alone. Morris's values are the middles (2 i + 1) / (2
/// levels) of the levels i, so that their quantiles are finite; a step is levels / 2 levels. Throws
/// std::invalid_argument for settings that make no design, with the reason.
Eigen::MatrixXd unit_points(const DesignSettings& settings, Eigen::Index dimensions);

/// All combinations, the last list fastest, [row, list].
Eigen::MatrixXd grid_points(const std::vector<std::vector<double>>& lists);

/// First the base, then each value of each list that differs from the base, the others at the base.
Eigen::MatrixXd one_at_a_time_points(const std::vector<double>& base,
                                     const std::vector<std::vector<double>>& lists);

/// A table of points.
struct PointList {
  std::vector<std::string> names;
  Eigen::MatrixXd values;  ///< [row, name]
};

}  // namespace truce::study
