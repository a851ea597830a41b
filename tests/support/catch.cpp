// Of this the precompiled header is made that all runners use.
#include "support/catch.hpp"  // IWYU pragma: keep
