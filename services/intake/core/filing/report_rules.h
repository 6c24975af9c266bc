// What report.proto promises of a report field by field: what has to be there, how
// many, how long, how large.
#ifndef JIXIAO_INTAKE_CORE_FILING_REPORT_RULES_H_
#define JIXIAO_INTAKE_CORE_FILING_REPORT_RULES_H_

#include <vector>

#include "common/wire/message_shape.h"
#include "common/wire/wire_rules.h"

namespace jixiao::intake {

// Messages whose rules are no table.
enum ReportVisit : int {
  kVisitContent = 1,
  kVisitTable,     // an evaluation table
  kVisitBaseData,  // the base data table
  kVisitValue,
};

// Marks the fields whose bare figures are money in the unit of their table.
inline constexpr int kInUnitOfTable = 1;

inline constexpr char kMissing[] = "必填项缺失";

std::vector<MessageRules> ReportRules();

// With those rules.
MessageShapes& ReportShapes();

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_FILING_REPORT_RULES_H_
