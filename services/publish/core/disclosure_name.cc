#include "publish/core/disclosure_name.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace jixiao::publish {
namespace {

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t start = 0;;) {
    const size_t end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

}  // namespace

std::string FormatDisclosureName(const DisclosureKey& key) { return FormatVersionName(key, kDisclosures); }

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
  const size_t named = parts[3] == KindToken(report::v1::REPORT_KIND_PROJECT) ? 5 : 4;
  if (parts.size() < named || parts.size() > named + 1) return std::nullopt;
  const auto project = named == 5 ? std::optional(parts[4]) : std::nullopt;
  auto submission = MakeSubmissionKey(parts[1], parts[2], parts[0], parts[3], project);
  if (!submission) return std::nullopt;
  PageAddress address;
  address.submission = *std::move(submission);
  if (parts.size() == named) return address;
  std::string_view version = parts[named];
  if (version.ends_with(".json")) {
    address.format = PageAddress::Format::kJson;
    version.remove_suffix(5);
  } else if (version.ends_with(".pb")) {
    address.format = PageAddress::Format::kProtobuf;
    version.remove_suffix(3);
  }
  if (!ParseNameNumber(version, address.version)) return std::nullopt;
  return address;
}

}  // namespace jixiao::publish
