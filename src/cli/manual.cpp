#include "cli/manual.hpp"

#include <fmt/format.h>

#include <string_view>

#include "study/version.hpp"

namespace truce::cli {

namespace {

/// Text that man prints as it is: a hyphen for a minus sign, no escapes, no line that is a request.
std::string plain(std::string_view text) {
  std::string result;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) result += "\\&";
    at_start = c == '\n';
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
  }
  return result;
}

std::string options_of(const CLI::App& verb) {
  std::string text;
  for (const CLI::Option* option : verb.get_options()) {
    if (option->get_group().empty()) continue;
    const std::string name = option->get_name(option->get_positional(), true);
    const std::string value = option->get_expected_max() > 0 && !option->get_positional()
                                  ? " \\fI" + plain(option->get_type_name()) + "\\fR"
                                  : "";
    text +=
        fmt::format(".TP\n\\fB{}\\fR{}\n{}", plain(name), value, plain(option->get_description()));
    if (!option->get_default_str().empty()) {
      text += plain(" [" + option->get_default_str() + "]");
    }
    text += "\n";
  }
  return text;
}

/// The lines below a verb's options: examples first, as they are typed.
std::string footer_of(const CLI::App& verb) {
  const std::string footer = verb.get_footer();
  return footer.empty() ? "" : ".PP\n.nf\n" + plain(footer) + "\n.fi\n";
}

}  // namespace

std::string manual_page(const CLI::App& app, const std::string& version) {
  std::string text = fmt::format(
      ".TH TRUCE 1 \"\" \"truce {}\" \"User Commands\"\n.SH NAME\n"
      "truce \\- Monte Carlo simulator of phased exchanges of hostages and prisoners\n"
      ".SH SYNOPSIS\n.B truce\n.I VERB\n[\\fIOPTIONS\\fR] [\\fIFILE\\fR ...]\n"
      ".SH DESCRIPTION\n{}\n.SH VERBS\n",
      plain(version), plain(app.get_description()));
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (verb->get_group().empty()) continue;
    text += fmt::format(".SS truce {}\n{}\n{}{}", plain(verb->get_name()),
                        plain(verb->get_description()), options_of(*verb), footer_of(*verb));
  }
  text +=
      ".SH EXIT STATUS\n.TP\n.B 0\ndone, and all that was printed has arrived\n.TP\n.B 1\n"
      "something failed while running: trials, the disk, standard output\n.TP\n.B 2\n"
      "the input is wrong: scenario, study, option; told before any work\n.TP\n.B 130\n"
      "interrupted; what is finished is kept\n"
      ".SH NOTES\ntruce compares assumptions; it does not forecast.\n";
  return text;
}

void add_manual(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("manual", "the page for man, of all verbs");
  verb->group("");
  verb->callback([&app] { fmt::print("{}", manual_page(app, study::program_version())); });
}

}  // namespace truce::cli
