#include "commands/season/calendar.h"

#include <fmt/format.h>

#include "commands/read_file.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/domain/decimal.h"
#include "print/calendar.h"

namespace jixiao::cli {
namespace {

constexpr int kPointScale = 3;

std::string CalendarFile(const std::string& rule_sets_folder) {
  return rule_sets_folder + "/calendar/working_days.textproto";
}

absl::StatusOr<WorkingCalendar> ReadCalendar(const std::string& rule_sets_folder) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string text, ReadFile(CalendarFile(rule_sets_folder)));
  return WorkingCalendar::Parse(text);
}

absl::Status ReadLateness(const FilingArguments& arguments, const std::string& rule_sets_folder, Filing& filing) {
  if (arguments.deadline.empty() && arguments.filed.empty()) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(const absl::CivilDay deadline, ReadDay("--deadline", arguments.deadline));
  JIXIAO_ASSIGN_OR_RETURN(const absl::CivilDay filed, ReadDay("--filed", arguments.filed));
  JIXIAO_ASSIGN_OR_RETURN(const WorkingCalendar calendar, ReadCalendar(rule_sets_folder));
  filing.context.set_late_working_day_count(
      static_cast<int32_t>(WorkingDaysLate(deadline, filed, calendar).working_days));
  filing.note = PrintLateness(deadline, filed, calendar);
  return absl::OkStatus();
}

absl::Status ReadPublication(const FilingArguments& arguments, const std::string& rule_sets_folder,
                             scoring::v1::ScoringContext& context) {
  const bool is_public = !arguments.published.empty();
  const std::string& end = is_public ? arguments.published : arguments.unpublished;
  if (end.empty()) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(const absl::CivilDay last, ReadDay(is_public ? "--published" : "--unpublished", end));
  scoring::v1::Publication& publication = *context.mutable_publication();
  is_public ? publication.set_publish_date(end) : publication.set_unpublished_date(end);
  if (arguments.approved.empty()) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(const absl::CivilDay approved, ReadDay("--approved", arguments.approved));
  if (last < approved) return InvalidFields({{"--approved", "批复日期晚于公开日期，请核对两个日期"}});
  JIXIAO_ASSIGN_OR_RETURN(const WorkingCalendar calendar, ReadCalendar(rule_sets_folder));
  publication.set_approval_date(arguments.approved);
  publication.set_working_day_count(static_cast<int32_t>(WorkingDaysLate(approved, last, calendar).working_days));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<absl::CivilDay> ReadDay(const std::string& option, const std::string& text) {
  if (const auto day = ParseDay(text)) return *day;
  return InvalidFields({{option, fmt::format("“{}”不是日期，应写成 2025-04-08 的形式", text)}});
}

absl::StatusOr<scoring::v1::ConfirmedWorkScore> ReadConfirmed(const std::string& option, const std::string& text) {
  const size_t equals = text.find('=');
  const auto points = equals == std::string::npos ? std::nullopt : ParseDecimal(text.substr(equals + 1));
  const auto milli = points && points->scale <= kPointScale ? Rescale(*points, kPointScale) : std::nullopt;
  if (!milli) return InvalidFields({{option, fmt::format("“{}”读不出，应写成 ON_TIME=9.5 的形式", text)}});
  scoring::v1::ConfirmedWorkScore confirmed;
  confirmed.set_criterion_id(text.substr(0, equals));
  confirmed.set_score_milli(*milli);
  return confirmed;
}

int RunCalendar(const std::string& rule_sets_folder, const std::optional<int>& year, const Output& output) {
  const auto calendar = ReadCalendar(rule_sets_folder);
  if (!calendar.ok()) {
    output.WriteFailure(CalendarFile(rule_sets_folder), calendar.status());
    return kExitBadInput;
  }
  if (!output.as_json()) {
    output.Write(year ? PrintCalendarYear(*year, *calendar, output.style())
                      : PrintCalendarYears(*calendar, output.style()));
    return kExitOk;
  }
  if (!year) {
    for (const auto& known : calendar->data().years()) output.WriteJson(known);
  } else if (const auto* known = calendar->Find(*year)) {
    output.WriteJson(*known);
  } else {
    output.Write(fmt::format("{{\"year\":{},\"isProvisional\":true}}\n", *year));
  }
  return kExitOk;
}

absl::StatusOr<Filing> ReadFiling(const FilingArguments& arguments, const std::string& rule_sets_folder) {
  Filing filing;
  for (const std::string& text : arguments.confirmed) {
    JIXIAO_ASSIGN_OR_RETURN(*filing.context.add_confirmed_work_scores(), ReadConfirmed("--confirm", text));
  }
  JIXIAO_RETURN_IF_ERROR(ReadLateness(arguments, rule_sets_folder, filing));
  JIXIAO_RETURN_IF_ERROR(ReadPublication(arguments, rule_sets_folder, filing.context));
  return filing;
}

}  // namespace jixiao::cli
