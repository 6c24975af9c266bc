#include "publish/core/disclosure_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "common/base/errors.h"

namespace jixiao::publish {
namespace {

constexpr std::string_view kVersions = "/versions/";

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t start = 0;;) {
    const size_t end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

bool IsDivisionCode(std::string_view text) {
  return text.size() == 6 && text.find_first_not_of("0123456789") == std::string_view::npos && text.front() != '0';
}

bool IsCode(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

// Canonical decimal only: one page has one address.
bool ParseNumber(std::string_view text, int& out) {
  if (text.empty() || text.front() == '0') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

std::string_view KindToken(report::v1::ReportKind kind) {
  return kind == report::v1::REPORT_KIND_PROJECT ? "project" : "department";
}

// Sets kind and project; `project` is empty if there was none.
bool SetKind(std::string_view token, std::string_view project, bool has_project, SubmissionKey& key) {
  const bool is_project = token == "project";
  if (!is_project && token != "department") return false;
  if (is_project != has_project || (has_project && !IsCode(project))) return false;
  key.kind = is_project ? report::v1::REPORT_KIND_PROJECT : report::v1::REPORT_KIND_DEPARTMENT;
  key.project = std::string(project);
  return true;
}

bool SetUnit(std::string_view division, std::string_view unit, std::string_view year, SubmissionKey& key) {
  if (!IsDivisionCode(division) || !IsCode(unit) || !ParseNumber(year, key.fiscal_year)) return false;
  if (key.fiscal_year < 2015 || key.fiscal_year > 2100) return false;
  key.division_code = division;
  key.unit_code = unit;
  return true;
}

}  // namespace

std::string LocalName(const SubmissionKey& key) {
  std::string name = fmt::format("{}.{}.{}", key.unit_code, key.fiscal_year, KindToken(key.kind));
  if (!key.project.empty()) name += "." + key.project;
  return name;
}

std::optional<SubmissionKey> ParseLocalName(std::string_view division_code, std::string_view local_name) {
  SubmissionKey key;
  const auto parts = Split(local_name, '.');
  if (parts.size() != 3 && parts.size() != 4) return std::nullopt;
  const std::string_view project = parts.size() == 4 ? parts[3] : std::string_view();
  if (!SetUnit(division_code, parts[0], parts[1], key) || !SetKind(parts[2], project, parts.size() == 4, key)) {
    return std::nullopt;
  }
  return key;
}

std::string FormatDisclosureName(const DisclosureKey& key) {
  return fmt::format("disclosures/{}.{}{}{}", key.submission.division_code, LocalName(key.submission), kVersions,
                     key.version);
}

absl::StatusOr<DisclosureKey> ParseVersionName(std::string_view collection, std::string_view name,
                                               std::string_view field) {
  const size_t at = name.rfind(kVersions);
  if (name.starts_with(collection) && at != std::string_view::npos && at > collection.size()) {
    const std::string_view submission = name.substr(collection.size(), at - collection.size());
    const size_t dot = submission.find('.');
    DisclosureKey key;
    if (dot != std::string_view::npos && ParseNumber(name.substr(at + kVersions.size()), key.version)) {
      if (auto parsed = ParseLocalName(submission.substr(0, dot), submission.substr(dot + 1))) {
        key.submission = *std::move(parsed);
        return key;
      }
    }
  }
  return InvalidFields(
      {{std::string(field), fmt::format("名称格式应为 {}{{区划代码}}.{{单位代码}}.{{年度}}.{{department 或 "
                                        "project}}[.{{项目}}]/versions/{{版本号}}，版本号从 1 开始",
                                        collection)}});
}

std::string SubmissionPath(const SubmissionKey& key) {
  std::string path =
      fmt::format("/{}/{}/{}/{}", key.fiscal_year, key.division_code, key.unit_code, KindToken(key.kind));
  if (!key.project.empty()) path += "/" + key.project;
  return path;
}

std::string PagePath(const DisclosureKey& key) {
  return fmt::format("{}/{}", SubmissionPath(key.submission), key.version);
}

std::optional<PageAddress> ParsePagePath(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  auto parts = Split(path.substr(1), '/');
  if (parts.size() < 4 || parts.size() > 6) return std::nullopt;
  PageAddress address;
  if (!SetUnit(parts[1], parts[2], parts[0], address.submission)) return std::nullopt;
  const size_t named = parts[3] == "project" ? 5 : 4;
  if (parts.size() < named || parts.size() > named + 1) return std::nullopt;
  const std::string_view project = named == 5 ? parts[4] : std::string_view();
  if (!SetKind(parts[3], project, named == 5, address.submission)) return std::nullopt;
  if (parts.size() == named) return address;
  std::string_view version = parts[named];
  if (version.ends_with(".json")) {
    address.format = PageAddress::Format::kJson;
    version.remove_suffix(5);
  } else if (version.ends_with(".pb")) {
    address.format = PageAddress::Format::kProtobuf;
    version.remove_suffix(3);
  }
  if (!ParseNumber(version, address.version)) return std::nullopt;
  return address;
}

}  // namespace jixiao::publish
