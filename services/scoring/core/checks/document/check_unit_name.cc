// Names of the unit and its place as they are written all over the report,
// against the register.
#include <fmt/format.h>

#include <map>
#include <set>

#include "common/base/text.h"
#include "common/base/words.h"
#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;

// Shorter names are too like other words.
constexpr size_t kShortestName = 6;

// Where a wrong form stands, by form.
using Wrong = std::map<std::string, std::vector<Address>>;

// First and last `count` characters of `text`, all of it if it has fewer.
std::u32string Front(std::string_view text, size_t count) {
  const std::u32string chars = ToCodePoints(text.substr(0, text.find('\n')));
  return chars.substr(0, count);
}

std::u32string Back(std::string_view text, size_t count) {
  // Far enough for any character; never cuts one.
  size_t start = text.size() > 4 * count ? text.size() - 4 * count : 0;
  while (start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) ++start;
  const std::u32string chars = ToCodePoints(text.substr(start));
  return chars.substr(chars.size() - std::min(count, chars.size()));
}

// `芦凇区` behind the prefecture or in front of the unit's name.
void CheckPlaceName(const TextView& text, Findings& findings) {
  const std::u32string county = ToCodePoints(text.own.county);
  // `益阳市各县` is no slip of `南县`.
  if (county.size() < 3) return;
  std::set<std::pair<int, size_t>> seen;
  Wrong wrong;
  for (const WordHit& hit : text.hits) {
    const bool behind = hit.kind == WordKind::kPrefecture;
    if (!behind && hit.kind != WordKind::kUnitTail) continue;
    const std::u32string beside =
        behind ? Front(text.After(hit), county.size()) : Back(text.Before(hit), county.size());
    if (!IsOneOff(beside, county) || !text.view.divisions.FindByName(ToUtf8(beside)).empty()) continue;
    const std::string form = ToUtf8(beside);
    const size_t at = behind ? hit.at + hit.size : hit.at - form.size();
    if (seen.emplace(hit.passage, at).second) wrong[form].push_back(text.SpanOf(hit.passage, at, form.size()));
  }
  for (auto& [form, places] : wrong) {
    const size_t count = places.size();
    if (count > kMostPlaces) places.resize(kMostPlaces);
    findings.Add({.rule_id = "UNIT_NAME",
                  .places = std::move(places),
                  .value = fmt::format("{} 处写作“{}”", count, form),
                  .expected = fmt::format("“{}”", text.own.county)});
  }
}

// The name that ends at `end_hit`, written with the characters of the unit's
// own name but in another order, or with one character wrong; empty otherwise.
std::u32string Misspelt(const TextView& text, const WordHit& end_hit, const std::u32string& tail) {
  const std::string_view whole = text.PassageOf(end_hit).text.substr(0, end_hit.at + end_hit.size);
  if (whole.ends_with(text.own.tail)) return {};
  if (std::u32string same_length = Back(whole, tail.size());
      IsOneOff(same_length, tail) && same_length.front() == tail.front()) {
    return same_length;
  }
  std::u32string run = Back(whole, tail.size() + 2);
  size_t start = run.size();
  while (start > 0 && tail.find(run[start - 1]) != std::u32string::npos) --start;
  run = run.substr(start);
  if (run.size() + 3 < tail.size() || run.size() < kShortestName || IsShortFormOf(run, tail)) return {};
  return IsShortFormOf(tail, run) ? std::u32string() : run;
}

// Characters that differ between names of one length; all of them otherwise.
size_t CountDifferences(std::u32string_view a, std::u32string_view b) {
  if (a.size() != b.size()) return std::max(a.size(), b.size());
  size_t count = 0;
  for (size_t i = 0; i < a.size(); ++i) count += a[i] != b[i];
  return count;
}

// Forms of the unit's name in titles and name cells that are not its full name.
void CollectShortForms(const TextView& text, std::set<std::string>& forms, std::vector<Address>& places) {
  const std::u32string tail = ToCodePoints(text.own.tail);
  const std::u32string official = ToCodePoints(text.own.official);
  for (const TableView& table : text.view.tables) {
    const auto& name = table.table.unit_name();
    const std::string whole = RemoveBlanks(FoldWidth(name.as_written()));
    const std::string written = TailOf(whole, text.own);
    const std::u32string chars = ToCodePoints(written);
    const bool wrong = chars.size() > 3 &&
                       (CountDifferences(chars, tail) == 1 || CountDifferences(ToCodePoints(whole), official) == 1);
    if (chars.size() < 2 || chars == tail || !(wrong || IsShortFormOf(chars, tail))) continue;
    forms.insert(written);
    places.push_back(table.Place(name, "单位名称"));
  }
}

// `服    务中心` in a title: no search finds it.
bool HasGap(std::string_view title, const std::string& tail) {
  const bool wide = title.find("  ") != std::string_view::npos || title.find("\u3000") != std::string_view::npos;
  return wide && title.find(tail) == std::string_view::npos && RemoveBlanks(title).find(tail) != std::string::npos;
}

void CheckOwnName(const TextView& text, Findings& findings) {
  const std::u32string tail = ToCodePoints(text.own.tail);
  std::set<std::string> forms;
  std::vector<Address> places;
  CollectShortForms(text, forms, places);
  for (const WordHit& hit : text.hits) {
    if (hit.kind != WordKind::kUnitEnd || places.size() >= kMostPlaces || tail.size() < kShortestName) continue;
    const std::u32string wrong = Misspelt(text, hit, tail);
    if (wrong.empty()) continue;
    const std::string form = ToUtf8(wrong);
    forms.insert(form);
    places.push_back(text.SpanOf(hit.passage, hit.at + hit.size - form.size(), form.size()));
  }
  std::string value;
  for (const std::string& form : forms) AddItem(fmt::format("“{}”", form), value);
  if (HasGap(text.view.content().title(), text.own.tail)) {
    AddItem("标题中名称夹有空格", value, "，");
    places.push_back(DocumentPlace("报告标题"));
  }
  if (places.empty()) return;
  findings.Add({.rule_id = "UNIT_NAME",
                .places = std::move(places),
                .value = "单位名称写法不一：" + value,
                .expected = fmt::format("标题、表格、正文统一写作“{}”", text.own.tail)});
}

}  // namespace

void CheckUnitName(const TextView& text, Findings& findings) {
  if (!findings.Checks("UNIT_NAME")) return;
  CheckPlaceName(text, findings);
  CheckOwnName(text, findings);
}

}  // namespace jixiao::scoring
