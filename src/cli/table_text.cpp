#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "cli/markup.hpp"
#include "cli/outcome_table.hpp"
#include "cli/rounded.hpp"

namespace truce::cli {

namespace {

using Cell = OutcomeTable::Cell;
using Row = OutcomeTable::Row;

/// "8.61 (8.46 to 8.77)".
std::string cell_text(const Row& row, const Cell& cell) {
  const double scale = row.share ? 100 : 1;
  const Rounded texts =
      rounded(scale * cell.value, {scale * cell.ci.low, scale * cell.ci.high}, row.share ? 100 : 0);
  const std::string unit = row.share && texts.value != "-" ? " %" : "";
  if (texts.low.empty()) return texts.value + unit;
  return fmt::format("{}{} ({}{} to {})", texts.value, unit, cell.few ? "~ " : "", texts.low,
                     texts.high);
}

std::vector<std::string> headings_of(const OutcomeTable& table) {
  std::vector<std::string> all = table.keys;
  all.insert(all.end(), table.columns.begin(), table.columns.end());
  return all;
}

std::vector<std::string> texts_of(const Row& row) {
  std::vector<std::string> all = row.keys;
  for (const Cell& cell : row.cells) all.push_back(cell_text(row, cell));
  return all;
}

std::vector<std::string> each(std::vector<std::string> texts,
                              std::string (*escape)(std::string_view)) {
  for (std::string& text : texts) text = escape(text);
  return texts;
}

std::string markdown(const OutcomeTable& table) {
  const auto line = [](const std::vector<std::string>& cells) {
    return fmt::format("| {} |\n", fmt::join(cells, " | "));
  };
  std::string text = in_markdown(table.title) + "\n\n";
  text += line(each(headings_of(table), in_markdown));
  std::vector<std::string> rule(table.keys.size(), "---");
  rule.insert(rule.end(), table.columns.size(), "---:");
  text += line(rule);
  for (const Row& row : table.rows) text += line(each(texts_of(row), in_markdown));
  for (const std::string& note : table.notes) text += "\n" + in_markdown(note) + "\n";
  return text;
}

std::string full(double x) {
  return std::isfinite(x) ? fmt::format("{}", x + 0.0) : "";
}

std::string csv(const OutcomeTable& table) {
  std::vector<std::string> cells = table.keys;
  for (const std::string& column : table.columns) {
    cells.insert(cells.end(), {column, column + " low", column + " high"});
  }
  std::string text = fmt::format("{}\r\n", fmt::join(each(cells, in_csv), ","));
  for (const Row& row : table.rows) {
    cells = each(row.keys, in_csv);
    if (row.share) cells.back() = "share of trials";  // unlike those for people, from 0 to 1
    for (const Cell& cell : row.cells) {
      cells.insert(cells.end(), {full(cell.value), full(cell.ci.low), full(cell.ci.high)});
    }
    text += fmt::format("{}\r\n", fmt::join(cells, ","));
  }
  return text;
}

std::string latex(const OutcomeTable& table) {
  const auto line = [](const std::vector<std::string>& cells) {
    return fmt::format("    {} \\\\\n", fmt::join(cells, " & "));
  };
  std::string text = "% \\usepackage{booktabs}, in UTF-8\n\\begin{table}\n  \\centering\n";
  text += fmt::format("  \\caption{{{}}}\n", in_latex(table.title));
  text += fmt::format("  \\begin{{tabular}}{{{}{}}}\n    \\toprule\n",
                      std::string(table.keys.size(), 'l'), std::string(table.columns.size(), 'r'));
  text += line(each(headings_of(table), in_latex)) + "    \\midrule\n";
  for (const Row& row : table.rows) text += line(each(texts_of(row), in_latex));
  text += "    \\bottomrule\n  \\end{tabular}\n";
  if (!table.notes.empty()) {
    text += fmt::format("\n  \\smallskip\\footnotesize {}\n",
                        fmt::join(each(table.notes, in_latex), " "));
  }
  return text + "\\end{table}\n";
}

std::string html(const OutcomeTable& table) {
  std::string text =
      fmt::format("<table>\n<caption>{}</caption>\n<thead>\n<tr>", in_html(table.title));
  for (const std::string& heading : headings_of(table)) {
    text += fmt::format("<th scope=\"col\">{}</th>", in_html(heading));
  }
  text += "</tr>\n</thead>\n<tbody>\n";
  for (const Row& row : table.rows) {
    text += "<tr>";
    for (const std::string& key : row.keys)
      text += fmt::format("<th scope=\"row\">{}</th>", in_html(key));
    for (const Cell& cell : row.cells)
      text += fmt::format("<td>{}</td>", in_html(cell_text(row, cell)));
    text += "</tr>\n";
  }
  text += "</tbody>\n";
  if (!table.notes.empty()) {
    text += fmt::format("<tfoot>\n<tr><td colspan=\"{}\">{}</td></tr>\n</tfoot>\n",
                        table.keys.size() + table.columns.size(),
                        fmt::join(each(table.notes, in_html), "<br>"));
  }
  return text + "</table>\n";
}

}  // namespace

std::string table_text(const OutcomeTable& table, TableFormat format) {
  switch (format) {
    case TableFormat::markdown:
      return markdown(table);
    case TableFormat::csv:
      return csv(table);
    case TableFormat::latex:
      return latex(table);
    case TableFormat::html:
      return html(table);
  }
  return {};
}

}  // namespace truce::cli
