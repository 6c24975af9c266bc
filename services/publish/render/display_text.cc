#include "publish/render/display_text.h"

#include <fmt/format.h>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::publish {
namespace {

bool TurnsDirection(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x61C; }

bool PrintsNothing(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF || c == 0xAD || (c >= 0xFFF0 && c <= 0xFFFB);
}

absl::CivilSecond Beijing(absl::Time time) { return absl::ToCivilSecond(time, absl::FixedTimeZone(8 * 60 * 60)); }

}  // namespace

std::string DisplayText(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    if (length == 0) {
      shown += "\xEF\xBF\xBD";
      text.remove_prefix(1);
      continue;
    }
    const char32_t c = FrontCodePoint(text);
    if (TurnsDirection(c)) {
      shown += fmt::format("[U+{:04X}]", static_cast<uint32_t>(c));
    } else if (!PrintsNothing(c)) {
      shown.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  return shown;
}

std::string PointsText(std::optional<int64_t> milli) { return milli ? FormatPoints(*milli) : "—"; }

std::string IntervalText(std::optional<int64_t> low_milli, std::optional<int64_t> high_milli) {
  if (!low_milli || !high_milli) return "—";
  if (*low_milli == *high_milli) return FormatPoints(*low_milli);
  const auto decimals = [](int64_t milli) {
    return milli % 1000 == 0 ? 0 : milli % 100 == 0 ? 1 : milli % 10 == 0 ? 2 : 3;
  };
  const int shown = std::max(decimals(*low_milli), decimals(*high_milli));
  return FormatScaled(*low_milli, 3, shown) + "–" + FormatScaled(*high_milli, 3, shown);
}

std::string DateText(absl::Time time) {
  const absl::CivilSecond civil = Beijing(time);
  return fmt::format("{}年{}月{}日", civil.year(), civil.month(), civil.day());
}

std::string TimeText(absl::Time time) {
  const absl::CivilSecond civil = Beijing(time);
  return fmt::format("{} {:02}:{:02}", DateText(time), civil.hour(), civil.minute());
}

std::string KindText(report::v1::ReportKind kind) {
  return kind == report::v1::REPORT_KIND_PROJECT ? "项目支出" : "部门整体支出";
}

std::string MoneyUnitText(report::v1::MoneyUnit unit) {
  switch (unit) {
    case report::v1::MONEY_UNIT_YUAN: return "元";
    case report::v1::MONEY_UNIT_HUNDRED_MILLION_YUAN: return "亿元";
    default: return "万元";
  }
}

std::string VerdictText(scoring::v1::Verdict verdict) {
  switch (verdict) {
    case scoring::v1::VERDICT_MET: return "已达目标";
    case scoring::v1::VERDICT_MISSED: return "未达目标，按比例计分";
    case scoring::v1::VERDICT_TIERED: return "定性指标，按档次计分";
    case scoring::v1::VERDICT_TIER_SUGGESTED: return "定性指标，档次须人工认定";
    case scoring::v1::VERDICT_UNCLASSIFIED: return "定性表述不明确，须人工认定";
    case scoring::v1::VERDICT_NO_EVIDENCE: return "没有完成情况，不支持得分";
    case scoring::v1::VERDICT_UNVERIFIABLE: return "填报数据缺失、矛盾或不可比，无法核实";
    case scoring::v1::VERDICT_NOT_SCORED: return "不计分";
    case scoring::v1::VERDICT_NOT_APPLICABLE: return "本单位不适用，不计分";
    default: return "未核定";
  }
}

SeverityText TextOf(scoring::v1::Severity severity) {
  switch (severity) {
    case scoring::v1::SEVERITY_BLOCKS: return {"严重问题", "■", "blocks", "影响数据真实、准确，应当更正"};
    case scoring::v1::SEVERITY_EXPLAIN: return {"一般问题", "▲", "explain", "应当更正，或者逐项说明原因"};
    default: return {"提示", "○", "note", "供参考，不要求处理"};
  }
}

}  // namespace jixiao::publish
