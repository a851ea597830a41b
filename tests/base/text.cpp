#include "base/text.hpp"

#include "support/catch.hpp"

using namespace truce::base;

TEST_CASE("characters are those of well-formed UTF-8") {
  for (const char* one : {"a", "\u00e9", "\u20ac", "\U0001F600"}) {
    CAPTURE(one);
    CHECK(character_length(one) == std::string_view(one).size());
    CHECK(character_length(std::string_view(one).substr(1)) == 0);
  }
  // Overlong, a surrogate, above U+10FFFF, cut short.
  for (const char* none :
       {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
    CHECK(character_length(none) == 0);
  }
  CHECK(character_length("") == 0);
}

TEST_CASE("places count characters") {
  CHECK(place_in("\u00e9\u00e9x\ny", 4) == std::pair(1, 3));
  CHECK(place_in("\u00e9\u00e9x\ny", 6) == std::pair(2, 1));
}

TEST_CASE("invisible characters have names") {
  CHECK(invisible_character("\u00A0x") == "no-break space (U+00A0)");
  CHECK(invisible_character("\u200B") == "zero-width space (U+200B)");
  for (const char* text : {"", " ", "\t", "x\u00A0", "\u00e9"}) {
    CHECK_FALSE(invisible_character(text));
  }
}

TEST_CASE("long texts are shortened between characters") {
  CHECK(shown("x") == "'x'");
  CHECK(shown(std::string(61, 'x')) == "'" + std::string(60, 'x') + "...'");
  CHECK(shown(std::string(59, 'x') + "\u00e9y") == "'" + std::string(59, 'x') + "...'");
}
