// Reads the parsed number of a value within the range that report.proto
// documents: whoever calls scoring directly may send anything, and arithmetic
// further on relies on the range.
#ifndef JIXIAO_SCORING_CORE_FACTS_FIGURES_H_
#define JIXIAO_SCORING_CORE_FACTS_FIGURES_H_

#include <cstdint>
#include <optional>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::scoring {

// `number` if it is within [-limit, limit].
inline std::optional<int64_t> Within(int64_t number, int64_t limit) {
  if (number < -limit || number > limit) return std::nullopt;
  return number;
}

inline std::optional<int64_t> FenOf(const report::v1::Value& value) {
  if (!value.has_amount_fen()) return std::nullopt;
  return Within(value.amount_fen(), 1'000'000'000'000'000);
}

inline std::optional<int64_t> PointsOf(const report::v1::Value& value) {
  if (!value.has_points_milli()) return std::nullopt;
  return Within(value.points_milli(), 1'000'000'000);
}

inline int64_t PointsOrZero(const report::v1::Value& value) { return PointsOf(value).value_or(0); }

inline std::optional<int64_t> RatePpmOf(const report::v1::Value& value) {
  if (!value.has_rate_ppm()) return std::nullopt;
  return Within(value.rate_ppm(), 1'000'000'000'000);
}

inline std::optional<int64_t> CountOf(const report::v1::Value& value) {
  if (!value.has_count_milli()) return std::nullopt;
  return Within(value.count_milli(), 1'000'000'000'000'000);
}

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_FIGURES_H_
