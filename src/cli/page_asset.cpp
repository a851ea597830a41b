#include "cli/page_asset.hpp"

// The file as it is: a text of this size as a literal would cost the compiler more than all else.
__asm__(
    ".pushsection .rodata\n"
    ".globl truce_report_page\n"
    ".hidden truce_report_page\n"
    "truce_report_page:\n"
    ".incbin \"" TRUCE_REPORT_PAGE
    "\"\n"
    ".globl truce_report_page_end\n"
    ".hidden truce_report_page_end\n"
    "truce_report_page_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char truce_report_page[];
extern const char truce_report_page_end[];
}

namespace truce::cli {

std::string_view page_asset() {
  return {truce_report_page, static_cast<std::size_t>(truce_report_page_end - truce_report_page)};
}

}  // namespace truce::cli
