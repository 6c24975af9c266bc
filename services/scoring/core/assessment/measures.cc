#include "scoring/core/assessment/measures.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/domain/decimal.h"

namespace jixiao::scoring {

void Measured::Input(std::string name, std::string as_written, const report::v1::Address* address) {
  v1::TraceInput& input = inputs.emplace_back();
  input.set_name(std::move(name));
  input.set_as_written(std::move(as_written));
  if (address != nullptr) *input.mutable_address() = *address;
}

int64_t ProRataPoints(int64_t points_milli, int64_t part, int64_t whole) {
  return std::clamp<int64_t>(MulDiv(points_milli / 10, part, whole) * 10, 0, points_milli);
}

Measured Deduct(const v1::WorkCriterion& criterion, int64_t count, std::string_view nothing_lost,
                std::string_view what_is_lost) {
  const int64_t points = criterion.points_milli();
  const int64_t exact = points - count * criterion.step_milli();
  Measured out;
  out.low_milli = out.high_milli = std::max<int64_t>(exact, 0);
  out.basis = v1::WORK_SCORE_BASIS_COMPUTED;
  out.formula = count == 0 ? std::string(nothing_lost)
                           : fmt::format("{}：{} − {} × {} = {}{}", what_is_lost, FormatPoints(points),
                                         FormatPoints(criterion.step_milli()), count, FormatPoints(exact),
                                         exact < 0 ? "，扣完为止" : "");
  return out;
}

}  // namespace jixiao::scoring
