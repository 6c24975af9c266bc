// Terms of publication. Scoring knows no clock: whoever asks says when the
// report was approved and when it became public.
#include <fmt/format.h>

#include "common/domain/working_calendar.h"
#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {
namespace {

using absl::CivilDay;

struct Dates {
  std::optional<CivilDay> approved;
  CivilDay end;  // public since, or not public on
  bool is_public;
};

std::string Words(CivilDay day) { return fmt::format("{}年{}月{}日", day.year(), day.month(), day.day()); }

// What `term` asks, and by how many days it was missed; nothing if it cannot be
// counted.
struct Term {
  int64_t days_over;
  std::string expected;
  std::string_view unit;
};

std::optional<Term> Count(const v1::PublishTerm& term, const ReportView& view, const Dates& dates) {
  switch (term.term_case()) {
    case v1::PublishTerm::kCalendarDayCount: {
      if (!dates.approved) return std::nullopt;
      const CivilDay last = *dates.approved + term.calendar_day_count();
      return Term{dates.end - last, fmt::format("批复后 {} 日内公开，最迟{}", term.calendar_day_count(), Words(last)),
                  "日"};
    }
    case v1::PublishTerm::kWorkingDayCount: {
      const v1::Publication& publication = view.context.publication();
      if (!publication.has_working_day_count()) return std::nullopt;
      return Term{int64_t{publication.working_day_count()} - term.working_day_count(),
                  fmt::format("批复后 {} 个工作日内公开", term.working_day_count()), "个工作日"};
    }
    case v1::PublishTerm::kLastDay: {
      const auto last = ParseDay(fmt::format("{}-{}", view.content().fiscal_year() + 1, term.last_day()));
      if (!last) return std::nullopt;
      return Term{dates.end - *last, fmt::format("最迟{}公开", Words(*last)), "日"};
    }
    case v1::PublishTerm::TERM_NOT_SET: return std::nullopt;
  }
  return std::nullopt;
}

std::string WhatHappened(const Dates& dates) {
  const std::string approved = dates.approved ? Words(*dates.approved) + "批复，" : "";
  return dates.is_public ? fmt::format("{}{}公开", approved, Words(dates.end))
                         : fmt::format("{}至{}尚未公开", approved, Words(dates.end));
}

}  // namespace

std::vector<FieldViolation> ProblemsOf(const v1::Publication& publication) {
  std::vector<FieldViolation> problems;
  const auto read = [&](bool is_there, const std::string& text, std::string_view field) {
    const std::optional<CivilDay> day = ParseDay(text);
    if (is_there && !day) {
      problems.push_back({fmt::format("context.publication.{}", field), "日期应写成 2025-06-20 的形式"});
    }
    return day;
  };
  const auto approved = read(publication.has_approval_date(), publication.approval_date(), "approval_date");
  const auto is_public = read(publication.has_publish_date(), publication.publish_date(), "publish_date");
  const auto is_not = read(publication.has_unpublished_date(), publication.unpublished_date(), "unpublished_date");
  if (publication.has_publish_date() && publication.has_unpublished_date()) {
    problems.push_back({"context.publication.unpublished_date", "已填公开日期的，不再填尚未公开的日期"});
  }
  const auto end = is_public ? is_public : is_not;
  if (approved && end && *end < *approved) {
    problems.push_back({"context.publication.approval_date", "批复日期晚于公开日期，请核对两个日期"});
  }
  if (publication.working_day_count() < 0) {
    problems.push_back({"context.publication.working_day_count", "工作日数不能为负数"});
  }
  return problems;
}

void CheckPublication(const ReportView& view, Findings& findings) {
  const v1::Publication& publication = view.context.publication();
  const bool is_public = publication.has_publish_date();
  const auto end = ParseDay(is_public ? publication.publish_date() : publication.unpublished_date());
  if (!end) return;
  const Dates dates{ParseDay(publication.approval_date()), *end, is_public};
  for (const v1::PublishTerm& rule : view.rule_set.publish_terms()) {
    if (rule.has_fiscal_year() && rule.fiscal_year() != view.content().fiscal_year()) continue;
    const std::optional<Term> term = Count(rule, view, dates);
    if (!term || term->days_over <= 0) continue;
    v1::Finding* finding = findings.Add({.rule_id = "PUBLISH_DUE",
                                         .places = {DocumentPlace("公开时间")},
                                         .value = WhatHappened(dates),
                                         .expected = term->expected,
                                         .difference = fmt::format("超过 {} {}", term->days_over, term->unit)});
    if (finding != nullptr) finding->set_clause(rule.clause());
  }
}

}  // namespace jixiao::scoring
