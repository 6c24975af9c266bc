#include "common/domain/submission_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "common/base/errors.h"
#include "common/domain/division_code.h"

namespace jixiao {
namespace {

constexpr std::string_view kSubmissions = "submissions/";
constexpr std::string_view kVersions = "/versions/";
constexpr std::string_view kDivisions = "divisions/";
constexpr std::string_view kUnits = "/units/";

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

// `{division}.{local name}` behind `collection`.
std::optional<SubmissionKey> ParseKey(std::string_view name, std::string_view collection) {
  if (!name.starts_with(collection)) return std::nullopt;
  name.remove_prefix(collection.size());
  const size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  return ParseLocalName(name.substr(0, dot), name.substr(dot + 1));
}

}  // namespace

bool IsUnitCode(std::string_view text) {
  return !text.empty() && text.size() <= 32 &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsAlphanumeric(c) || c == '-'; });
}

bool IsFiscalYear(int year) { return year >= 2015 && year <= 2100; }

bool IsRequestId(std::string_view text) {
  return text.size() >= 8 && text.size() <= 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsAlphanumeric(c) || c == '-' || c == '_'; });
}

absl::Status BadRequestId() { return InvalidFields({{"request_id", kRequestIdAdvice}}); }

bool ParseNameNumber(std::string_view text, int& number) {
  if (text.empty() || text.front() < '1' || text.front() > '9') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::string_view KindToken(report::v1::ReportKind kind) {
  return kind == report::v1::REPORT_KIND_PROJECT ? "project" : "department";
}

std::optional<SubmissionKey> MakeSubmissionKey(std::string_view division, std::string_view unit, std::string_view year,
                                               std::string_view kind, std::optional<std::string_view> project) {
  SubmissionKey key;
  if (!IsDivisionCode(division) || !IsUnitCode(unit) || !ParseNameNumber(year, key.fiscal_year) ||
      !IsFiscalYear(key.fiscal_year)) {
    return std::nullopt;
  }
  const bool is_project = kind == KindToken(report::v1::REPORT_KIND_PROJECT);
  if (!is_project && kind != KindToken(report::v1::REPORT_KIND_DEPARTMENT)) return std::nullopt;
  if (is_project != project.has_value() || (project && !IsUnitCode(*project))) return std::nullopt;
  key.division_code = division;
  key.unit_code = unit;
  key.kind = is_project ? report::v1::REPORT_KIND_PROJECT : report::v1::REPORT_KIND_DEPARTMENT;
  key.project = project.value_or("");
  return key;
}

std::string LocalName(const SubmissionKey& key) {
  std::string name = fmt::format("{}.{}.{}", key.unit_code, key.fiscal_year, KindToken(key.kind));
  if (!key.project.empty()) name += "." + key.project;
  return name;
}

std::optional<SubmissionKey> ParseLocalName(std::string_view division_code, std::string_view local_name) {
  const auto parts = Split(local_name, '.');
  if (parts.size() != 3 && parts.size() != 4) return std::nullopt;
  const auto project = parts.size() == 4 ? std::optional(parts[3]) : std::nullopt;
  return MakeSubmissionKey(division_code, parts[0], parts[1], parts[2], project);
}

std::string FormatSubmissionName(const SubmissionKey& key) {
  return fmt::format("{}{}.{}", kSubmissions, key.division_code, LocalName(key));
}

std::string FormatVersionName(const VersionKey& key, std::string_view collection) {
  return fmt::format("{}{}.{}{}{}", collection, key.submission.division_code, LocalName(key.submission), kVersions,
                     key.version);
}

std::string FormatUnitName(const UnitKey& key) {
  return fmt::format("{}{}{}{}", kDivisions, key.division_code, kUnits, key.unit_code);
}

absl::StatusOr<SubmissionKey> ParseSubmissionName(std::string_view name, std::string_view field) {
  if (auto key = ParseKey(name, kSubmissions)) return *std::move(key);
  return InvalidFields({{std::string(field),
                         "名称格式应为 submissions/{区划代码}.{单位代码}.{年度}.{department 或 project}[.{项目}]，"
                         "例如 submissions/430611.NC01.2024.department"}});
}

absl::StatusOr<VersionKey> ParseVersionName(std::string_view name, std::string_view field,
                                            std::string_view collection) {
  const size_t at = name.rfind(kVersions);
  if (at != std::string_view::npos) {
    VersionKey version;
    auto key = ParseKey(name.substr(0, at), collection);
    if (key && ParseNameNumber(name.substr(at + kVersions.size()), version.version)) {
      version.submission = *std::move(key);
      return version;
    }
  }
  return InvalidFields(
      {{std::string(field), fmt::format("名称格式应为 {}{{区划代码}}.{{单位代码}}.{{年度}}.{{department 或 "
                                        "project}}[.{{项目}}]/versions/{{版本号}}，版本号从 1 开始",
                                        collection)}});
}

absl::StatusOr<UnitKey> ParseUnitName(std::string_view name, std::string_view field) {
  if (name.starts_with(kDivisions)) {
    const std::string_view rest = name.substr(kDivisions.size());
    const size_t at = rest.find(kUnits);
    if (at != std::string_view::npos && IsDivisionCode(rest.substr(0, at)) &&
        IsUnitCode(rest.substr(at + kUnits.size()))) {
      return UnitKey{std::string(rest.substr(0, at)), std::string(rest.substr(at + kUnits.size()))};
    }
  }
  return InvalidFields({{std::string(field),
                         "单位名称格式应为 divisions/{区划代码}/units/{单位代码}，例如 divisions/430611/units/NC01"}});
}

}  // namespace jixiao
