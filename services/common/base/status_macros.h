// For any service: early return on failure. Same spelling as newer abseil, so
// that these can go when Debian's abseil has them.
#ifndef JIXIAO_COMMON_BASE_STATUS_MACROS_H_
#define JIXIAO_COMMON_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define JIXIAO_RETURN_IF_ERROR(expr)                 \
  do {                                               \
    absl::Status jixiao_status_ = (expr);            \
    if (!jixiao_status_.ok()) return jixiao_status_; \
  } while (false)

#define JIXIAO_CONCAT_INNER_(a, b) a##b
#define JIXIAO_CONCAT_(a, b) JIXIAO_CONCAT_INNER_(a, b)

// JIXIAO_ASSIGN_OR_RETURN(auto x, F()); The left side must hold no comma
// outside parentheses.
#define JIXIAO_ASSIGN_OR_RETURN(lhs, expr) \
  JIXIAO_ASSIGN_OR_RETURN_IMPL_(JIXIAO_CONCAT_(jixiao_or_, __LINE__), lhs, expr)
#define JIXIAO_ASSIGN_OR_RETURN_IMPL_(or_value, lhs, expr) \
  auto or_value = (expr);                                  \
  if (!or_value.ok()) return std::move(or_value).status(); \
  lhs = *std::move(or_value)

#endif  // JIXIAO_COMMON_BASE_STATUS_MACROS_H_
