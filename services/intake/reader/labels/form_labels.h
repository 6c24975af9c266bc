// What the labels of official forms mean, from rulesets/forms/labels.textproto. Nothing
// here looks at positions.
#ifndef JIXIAO_INTAKE_READER_LABELS_FORM_LABELS_H_
#define JIXIAO_INTAKE_READER_LABELS_FORM_LABELS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "intake/reader/labels/label_text.h"
#include "jixiao/forms/v1/labels.pb.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

using forms::v1::BaseColumn;
using forms::v1::FundColumn;
using forms::v1::HeadField;
using forms::v1::IndicatorColumn;
using forms::v1::SignatureField;
using forms::v1::TaskColumn;
using forms::v1::WorkColumn;

// True if `label` is as `words` say.
bool Fits(const forms::v1::Words& words, std::string_view label);

// A value: copies share one table, which never changes, so it is safe to share
// between threads. Each question about a blank label is answered with no.
class FormLabels {
 public:
  // Knows no label.
  FormLabels();

  // INVALID_ARGUMENT lists every problem: a list that is missing, an entry without
  // words, a meaning that does not exist.
  static absl::StatusOr<FormLabels> Parse(std::string_view textproto);

  // The same from a file. NOT_FOUND (reason LABELS_UNREADABLE) if it cannot be read,
  // INVALID_ARGUMENT (BAD_LABELS) if it is damaged; the message names the file.
  static absl::StatusOr<FormLabels> Load(const std::string& path);

  FundColumn FundColumnOf(std::string_view label) const;
  TaskColumn TaskColumnOf(std::string_view label) const;
  IndicatorColumn IndicatorColumnOf(std::string_view label) const;
  WorkColumn WorkColumnOf(std::string_view label) const;
  BaseColumn BaseColumnOf(std::string_view label) const;
  HeadField HeadFieldOf(std::string_view label) const;
  report::v1::FundRole FundRoleOf(std::string_view label) const;
  report::v1::CostItem CostItemOf(std::string_view label) const;
  report::v1::SectionRole SectionRoleOf(std::string_view label) const;

  // `部门整体支出绩效自评表`, `2.基础数据表`, `…评分表`.
  bool IsTableCaption(std::string_view label) const;
  // `附件1`, `附件:`, `附表2`.
  bool IsAnnexLine(std::string_view label) const;
  // `注:…`, `说明:…`, `备注:…`.
  bool IsNote(std::string_view label) const;
  // Labels at the side of a block, merged over its rows: 绩效指标, 年度总体目标,
  // 年度预算申请(万元), 预算执行情况(万元)(20分).
  bool IsSideLabel(std::string_view label) const;

  // `1、资金来源:(1)财政性资金` to `财政性资金`; other labels stay as they are.
  std::string CleanFundLabel(std::string_view text) const;

  // One of the names that regions share: 产出, 效益 and so on, short form.
  bool IsSharedLevel1(std::string_view name) const;
  // 产出指标 to 产出; a name of the form's own stays whole.
  std::string Level1Name(std::string_view label) const;
  // The level 1 that a standard level 2 belongs to; empty for others.
  std::string_view Level1Of(std::string_view level2) const;

  // Labels of signature lines, longer ones before those they start with.
  struct SignatureWord {
    std::string_view text;
    SignatureField field;
  };
  const std::vector<SignatureWord>& signature_words() const;
  // True if one of them starts with the character at the front of `text`.
  bool MayStartSignature(std::string_view text) const;

  // For questions that only one reader asks.
  const forms::v1::FormLabels& words() const;

 private:
  struct Table;
  explicit FormLabels(std::shared_ptr<const Table> table) : table_(std::move(table)) {}

  std::shared_ptr<const Table> table_;
};

// 数量指标 to 数量.
std::string Level2Name(std::string_view label);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_LABELS_FORM_LABELS_H_
