// Goals against what is said to have come of them.
#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "common/base/words.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/checks/table/goal_items.h"

namespace jixiao::scoring {
namespace {

// Shorter items are slogans of two words.
constexpr size_t kShortestItem = 8;
// Longer cells are not compared run by run; they answer each other somewhere.
constexpr size_t kLongestCompared = 240;

using Items = std::vector<std::u32string>;

bool IsGeneric(const std::u32string& item, const ReportView& view) {
  const auto& generic = view.rule_set.vocabulary().generic_goals();
  const std::string text = ToUtf8(item);
  return std::find(generic.begin(), generic.end(), text) != generic.end();
}

std::string Quote(const std::u32string& item) { return fmt::format("“{}”", Shorten(ToUtf8(item), 16)); }

std::vector<report::v1::Address> Places(const TableView& table) {
  return {table.Place(table.table.actual_goals(), "年度总体目标 · 实际完成情况"),
          table.Place(table.table.expected_goals(), "年度总体目标 · 预期目标")};
}

void CheckCopies(const ReportView& view, const TableView& table, const Items& goals, const Items& results,
                 Findings& findings) {
  std::string copied;
  size_t count = 0;
  for (size_t i = 0; i < goals.size(); ++i) {
    // Results are compared with the goal of their place; some tables leave goals out.
    const bool is_copy = std::any_of(results.begin(), results.end(), [&](const std::u32string& result) {
      return goals[i].size() >= kShortestItem && IsNearCopy(goals[i], result);
    });
    if (!is_copy || IsGeneric(goals[i], view)) continue;
    if (++count <= 3) AddItem(Quote(goals[i]), copied);
  }
  if (count == 0) return;
  findings.Add({.rule_id = "GOAL_COPY",
                .places = Places(table),
                .value = fmt::format("{} 条目标中有 {} 条的完成情况照抄目标：{}", goals.size(), count, copied),
                .expected = "逐条写明做了什么、完成多少、与目标差多少"});
}

// How many goals some result answers, and which none does.
void CheckUnanswered(const TableView& table, const Items& goals, const Items& results, Findings& findings) {
  constexpr size_t kFewest = 3;
  constexpr size_t kRun = 4;
  if (results.size() < kFewest || results.size() >= goals.size()) return;
  std::vector<bool> answers(results.size(), false);
  std::string unanswered;
  for (const std::u32string& goal : goals) {
    bool answered = false;
    for (size_t r = 0; r < results.size(); ++r) {
      if (goal.size() > kLongestCompared || results[r].size() > kLongestCompared) return;
      if (!ShareRun(goal, results[r], kRun)) continue;
      answered = true;
      answers[r] = true;
    }
    if (!answered) AddItem(Quote(goal), unanswered);
  }
  // Results that follow no goal at all tell the year in another order.
  const auto parallel = static_cast<size_t>(std::count(answers.begin(), answers.end(), true));
  if (unanswered.empty() || parallel * 10 < results.size() * 6) return;
  findings.Add({.rule_id = "GOAL_MISMATCH",
                .places = Places(table),
                .value = fmt::format("预期目标 {} 条，实际完成情况 {} 条，没有写到的：{}", goals.size(), results.size(),
                                     unanswered),
                .expected = "每条目标都写明完成情况，没有完成的说明原因"});
}

void CheckUnrelated(const TableView& table, const Items& goals, const Items& results, Findings& findings) {
  constexpr size_t kEnough = 20;
  constexpr size_t kRelated = 3;
  std::u32string goal;
  std::u32string result;
  for (const auto& item : goals) goal += item;
  for (const auto& item : results) result += item;
  if (goal.size() < kEnough || result.size() < kEnough) return;
  if (goal.size() > kLongestCompared || result.size() > kLongestCompared) return;
  if (ShareRun(goal, result, kRelated)) return;
  findings.Add({.rule_id = "GOAL_UNANSWERED",
                .places = Places(table),
                .value = fmt::format("目标写{}，完成情况写{}", Quote(goal), Quote(result)),
                .expected = "完成情况与预期目标逐项对应"});
}

}  // namespace

void CheckGoals(const ReportView& view, const TableView& table, Findings& findings) {
  const std::string& expected = table.table.expected_goals().as_written();
  const std::string& actual = table.table.actual_goals().as_written();
  if (expected.empty() || actual.empty()) return;
  const Items goals = GoalItems(expected);
  const Items results = GoalItems(actual);
  CheckCopies(view, table, goals, results, findings);
  CheckUnanswered(table, goals, results, findings);
  // A project is one thing; what a department does in a year is many.
  if (table.table.kind() == report::v1::REPORT_KIND_PROJECT) CheckUnrelated(table, goals, results, findings);
}

}  // namespace jixiao::scoring
