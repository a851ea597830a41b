#include "api/c_error.hpp"

#include "truce/version.hpp"

namespace {

/// Is not freed.
truce_error out_of_memory{TRUCE_MEMORY, {}};

}  // namespace

namespace truce::api {

truce_error* error_of(truce_fault fault, const char* message) noexcept {
  try {
    return new truce_error{fault, message};
  } catch (...) {
    return &out_of_memory;
  }
}

}  // namespace truce::api

int truce_abi(void) {
  return TRUCE_ABI;
}

const char* truce_version(void) {
  try {
    static const std::string version = truce::version();
    return version.c_str();
  } catch (...) {  // no memory
    return "";
  }
}

truce_fault truce_fault_of(const truce_error* error) {
  return error != nullptr ? error->fault : TRUCE_INTERNAL;
}

const char* truce_message(const truce_error* error) {
  if (error == nullptr) return "";
  return error == &out_of_memory ? "there is not enough memory" : error->message.c_str();
}

void truce_free_error(truce_error* error) {
  if (error != &out_of_memory) delete error;
}
