// How figures, times and foreign text are written on a public page.
#ifndef JIXIAO_PUBLISH_RENDER_DISPLAY_TEXT_H_
#define JIXIAO_PUBLISH_RENDER_DISPLAY_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::publish {

// `text` without characters that print nothing; those that turn the direction of
// writing are shown as `[U+202E]`, so that nobody reads what is not there.
std::string DisplayText(std::string_view text);

// `98` and `92.1–96.0`; `—` for what is absent.
std::string PointsText(std::optional<int64_t> milli);
std::string IntervalText(std::optional<int64_t> low_milli, std::optional<int64_t> high_milli);

// `2026年3月5日` and `2026年3月5日 16:05`, Beijing time.
std::string DateText(absl::Time time);
std::string TimeText(absl::Time time);

// `部门整体支出` and `项目支出`.
std::string KindText(report::v1::ReportKind kind);

// `万元`.
std::string MoneyUnitText(report::v1::MoneyUnit unit);

// `已达目标`.
std::string VerdictText(scoring::v1::Verdict verdict);

// `严重问题`, with the sign that says the same without colour.
struct SeverityText {
  std::string title;
  std::string sign;
  std::string css_class;
  std::string meaning;
};
SeverityText TextOf(scoring::v1::Severity severity);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_DISPLAY_TEXT_H_
