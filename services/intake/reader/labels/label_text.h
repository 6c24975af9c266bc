// The grammar of labels: how a text becomes a label, and what years, units, points and
// numbers in it look like. What labels mean stands in form_labels.h.
#ifndef JIXIAO_INTAKE_READER_LABELS_LABEL_TEXT_H_
#define JIXIAO_INTAKE_READER_LABELS_LABEL_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// `text` without blanks and line breaks, widths folded: `年初\n预算数 ` and
// `年初预算数` are one label. All arguments named `label` below are such.
std::string LabelOf(std::string_view text);

// Texts longer than this many bytes are contents, never labels.
inline constexpr size_t kLongestLabelBytes = 240;

bool Contains(std::string_view text, std::string_view part);

// Blank, or nothing but dots, as form-fillers leave unused rows: `……`, `......`.
bool IsEllipsis(std::string_view label);

// `(2024年度)`, `2024年度`.
bool IsYearLine(std::string_view label);

// `单位:万元`, and which unit.
std::optional<report::v1::MoneyUnit> UnitLine(std::string_view label);

// Unit named inside a heading such as `年度预算申请(万元)`.
std::optional<report::v1::MoneyUnit> UnitInHeading(std::string_view label);

// Year of `2024年度…` anywhere in `label`; digits or 二〇二四. [2015, 2100].
std::optional<int> YearIn(std::string_view label);

// Points in `产出指标(50分)`, and the label without them.
struct PointedLabel {
  std::string name;
  std::optional<std::string> points;
};
PointedLabel SplitPoints(std::string_view label);

// Without colons at the end.
std::string_view WithoutColon(std::string_view label);

// Without colons, and without `(万元)`, `(A)`, `(%)` at the end.
std::string_view WithoutBrackets(std::string_view label);

// Without `1、`, `(1)`, `其中:` in front.
std::string_view WithoutNumber(std::string_view label);

// `text` without `suffix`, if something stands before it.
std::string_view WithoutSuffix(std::string_view text, std::string_view suffix);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_LABELS_LABEL_TEXT_H_
