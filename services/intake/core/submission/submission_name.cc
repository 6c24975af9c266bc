#include "intake/core/submission/submission_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/text.h"

namespace jixiao::intake {
namespace {

constexpr std::string_view kCollection = "submissions/";
constexpr std::string_view kVersions = "/versions/";
constexpr size_t kMaxCode = 32;

bool IsAlphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t start = 0;;) {
    const size_t end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

// Canonical decimal only: one resource has one name.
bool ParseNumber(std::string_view text, int& out) {
  if (text.empty() || text.front() < '1' || text.front() > '9') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

std::string_view KindToken(report::v1::ReportKind kind) {
  return kind == report::v1::REPORT_KIND_PROJECT ? "project" : "department";
}

bool ParseKey(std::string_view name, SubmissionKey& key) {
  if (!name.starts_with(kCollection)) return false;
  const auto parts = Split(name.substr(kCollection.size()), '.');
  if (parts.size() != 4 && parts.size() != 5) return false;
  if (!IsDivisionCode(parts[0]) || !IsUnitCode(parts[1]) || !ParseNumber(parts[2], key.fiscal_year) ||
      !IsFiscalYear(key.fiscal_year)) {
    return false;
  }
  const bool is_project = parts[3] == KindToken(report::v1::REPORT_KIND_PROJECT);
  if (!is_project && parts[3] != KindToken(report::v1::REPORT_KIND_DEPARTMENT)) return false;
  if (is_project != (parts.size() == 5) || (is_project && !IsUnitCode(parts[4]))) return false;
  key.division_code = parts[0];
  key.unit_code = parts[1];
  key.kind = is_project ? report::v1::REPORT_KIND_PROJECT : report::v1::REPORT_KIND_DEPARTMENT;
  key.project = is_project ? std::string(parts[4]) : std::string();
  return true;
}

std::string HexPrefix(std::string_view text, size_t count) {
  return ContentDigest(text).substr(std::string_view("sha256:").size(), count);
}

std::string Normalized(std::string_view name) { return RemoveBlanks(FoldWidth(name)); }

}  // namespace

bool IsDivisionCode(std::string_view text) {
  return text.size() == 6 && text.find_first_not_of("0123456789") == std::string_view::npos && text.front() != '0';
}

bool IsUnitCode(std::string_view text) {
  return !text.empty() && text.size() <= kMaxCode &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsAlphanumeric(c) || c == '-'; });
}

bool IsFiscalYear(int year) { return year >= 2015 && year <= 2100; }

bool IsRequestId(std::string_view text) {
  return text.size() >= 8 && text.size() <= 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsAlphanumeric(c) || c == '-' || c == '_'; });
}

std::string LocalName(const SubmissionKey& key) {
  std::string name = fmt::format("{}.{}.{}", key.unit_code, key.fiscal_year, KindToken(key.kind));
  if (!key.project.empty()) name += "." + key.project;
  return name;
}

std::string FormatSubmissionName(const SubmissionKey& key) {
  return fmt::format("{}{}.{}", kCollection, key.division_code, LocalName(key));
}

std::string FormatVersionName(const VersionKey& key) {
  return fmt::format("{}{}{}", FormatSubmissionName(key.submission), kVersions, key.version);
}

absl::StatusOr<SubmissionKey> ParseSubmissionName(std::string_view name, std::string_view field) {
  SubmissionKey key;
  if (ParseKey(name, key)) return key;
  return InvalidFields({{std::string(field),
                         "名称格式应为 submissions/{区划代码}.{单位代码}.{年度}.{department 或 project}[.{项目}]，"
                         "例如 submissions/430611.NC01.2024.department"}});
}

absl::StatusOr<VersionKey> ParseVersionName(std::string_view name, std::string_view field) {
  VersionKey key;
  const size_t at = name.rfind(kVersions);
  if (at != std::string_view::npos && ParseKey(name.substr(0, at), key.submission) &&
      ParseNumber(name.substr(at + kVersions.size()), key.version)) {
    return key;
  }
  return InvalidFields({{std::string(field), "名称格式应为 {报送名称}/versions/{版本号}，版本号从 1 开始"}});
}

std::string ProvisionalUnitCode(std::string_view division_code, std::string_view unit_name) {
  return "P" + HexPrefix(fmt::format("{}\n{}", division_code, Normalized(unit_name)), 10);
}

std::string ProjectCode(std::string_view project_name) { return HexPrefix(Normalized(project_name), 12); }

std::string DivisionPrefix(std::string_view division_code) {
  while (division_code.size() > 2 && division_code.ends_with("00")) division_code.remove_suffix(2);
  return std::string(division_code);
}

}  // namespace jixiao::intake
