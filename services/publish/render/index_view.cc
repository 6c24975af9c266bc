#include "publish/render/index_view.h"

#include <fmt/format.h>

#include <map>

#include "common/domain/division_code.h"
#include "publish/core/claim.h"
#include "publish/render/display_text.h"

namespace jixiao::publish {
namespace {

std::string Escaped(std::string_view text) {
  std::string out;
  for (const unsigned char c : text) {
    const bool is_plain =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
    out += is_plain ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
  }
  return out;
}

std::string IndexPath(std::optional<int> year, const std::string& division_code, const std::string& text,
                      const std::string& after) {
  std::string query;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) query += fmt::format("{}{}={}", query.empty() ? "?" : "&", name, Escaped(value));
  };
  add("year", year ? std::to_string(*year) : "");
  add("division", division_code);
  add("q", text);
  add("after", after);
  return "/" + query;
}

void AddRow(const DisclosureHead& head, const Divisions& divisions, View& view) {
  const SubmissionKey& key = head.key.submission;
  View& row = view.Add("ROW");
  row.Set("PATH", PagePath(head.key));
  row.Set("UNIT", head.summary.unit_name);
  row.Set("YEAR", std::to_string(key.fiscal_year));
  row.Set("DIVISION", divisions.FullName(key.division_code));
  row.Set("KIND", head.summary.project_name.empty() ? KindText(key.kind) : "项目：" + head.summary.project_name);
  row.Set("CLAIMED", PointsText(head.summary.claimed_milli));
  row.Set("INTERVAL", IntervalText(head.summary.supported_low_milli, head.summary.supported_high_milli));
  const Claim claim =
      CompareClaim(head.summary.claimed_milli, head.summary.supported_low_milli, head.summary.supported_high_milli);
  row.Set("CLASS", claim.standing == ClaimStanding::kAbove ? "num over" : "num");
  row.Set("BLOCKS", std::to_string(head.summary.blocks_count));
  row.Set("EXPLAIN", std::to_string(head.summary.explain_count));
  row.Set("NOTE", std::to_string(head.summary.note_count));
  row.Set("DATE", DateText(head.publish_time));
  if (head.key.version > 1) row.AddText("VERSION", fmt::format("第 {} 版", head.key.version));
}

// Every division that has something, and what it belongs to, by code.
std::map<std::string, int64_t> CountsByDivision(const ListFilter& filter, const std::vector<DivisionCount>& counts) {
  std::map<std::string, int64_t> by_division;
  for (const DivisionCount& count : counts) {
    if (filter.fiscal_year && count.fiscal_year != *filter.fiscal_year) continue;
    for (const size_t digits : {2, 4, 6}) {
      const std::string code = count.division_code.substr(0, digits) + std::string(6 - digits, '0');
      if (digits == 6 || code != count.division_code) by_division[code] += count.count;
    }
  }
  return by_division;
}

void AddFilters(const ListFilter& filter, const std::string& division_code, const std::vector<DivisionCount>& counts,
                const Divisions& divisions, View& view) {
  std::map<int, int64_t, std::greater<>> by_year;
  int64_t total = 0;
  for (const DivisionCount& count : counts) {
    by_year[count.fiscal_year] += count.count;
    total += count.count;
  }
  view.Set("ALL_PATH", IndexPath(std::nullopt, division_code, filter.text, ""));
  view.Set("TOTAL", std::to_string(total));
  if (!filter.fiscal_year) view.Add("ALL_CHOSEN");
  for (const auto& [year, count] : by_year) {
    View& shown = view.Add("YEAR_OPTION");
    shown.Set("YEAR", std::to_string(year));
    shown.Set("COUNT", std::to_string(count));
    shown.Set("PATH", IndexPath(year, division_code, filter.text, ""));
    if (filter.fiscal_year == year) shown.Add("CHOSEN");
  }
  for (const auto& [code, count] : CountsByDivision(filter, counts)) {
    View& shown = view.Add("DIVISION_OPTION");
    const std::string name(divisions.Name(code));
    const size_t depth = DivisionPrefix(code).size();
    shown.Set("CODE", code);
    shown.Set("INDENT", depth == 2 ? "" : depth == 4 ? "　" : "　　");
    shown.Set("NAME", name.empty() ? code : name);
    shown.Set("COUNT", std::to_string(count));
    if (code == division_code) shown.Add("CHOSEN");
  }
}

}  // namespace

View BuildIndexView(const ListFilter& filter, const std::string& division_code, const DisclosurePage& page,
                    const std::vector<DivisionCount>& counts, const Divisions& divisions) {
  View view;
  std::string scope;
  if (!division_code.empty()) scope += divisions.FullName(division_code);
  if (filter.fiscal_year) scope += fmt::format("{}年度", *filter.fiscal_year);
  view.Set("TITLE", scope + "预算绩效自评公开");
  view.Set("HEADING", scope.empty() ? "全部公开的绩效自评" : scope + "绩效自评");
  view.Set("TEXT", filter.text);
  view.Set("YEAR", filter.fiscal_year ? std::to_string(*filter.fiscal_year) : "");
  AddFilters(filter, division_code, counts, divisions, view);
  if (page.heads.empty()) {
    view.Add("EMPTY");
  } else {
    View& table = view.Add("TABLE");
    for (const DisclosureHead& head : page.heads) AddRow(head, divisions, table);
  }
  if (!page.next.empty())
    view.Add("NEXT").Set("PATH", IndexPath(filter.fiscal_year, division_code, filter.text, page.next));
  if (!filter.after.empty())
    view.Add("FIRST").Set("PATH", IndexPath(filter.fiscal_year, division_code, filter.text, ""));
  return view;
}

}  // namespace jixiao::publish
