#include "intake/core/review/return_comments.h"

#include <set>

#include "common/base/text.h"
#include "intake/core/review/findings_to_explain.h"
#include "intake/core/submission/violations.h"

namespace jixiao::intake {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Labels of all addresses below `message`. By reflection: a place that the
// contract adds tomorrow can be commented on too.
void CollectLabels(const Message& message, std::set<std::string>& labels) {
  if (const auto* address = dynamic_cast<const report::v1::Address*>(&message)) {
    if (!address->label().empty()) labels.insert(address->label());
    return;
  }
  std::vector<const FieldDescriptor*> fields;
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      CollectLabels(reflection.GetMessage(message, field), labels);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      CollectLabels(reflection.GetRepeatedMessage(message, field, i), labels);
    }
  }
}

std::set<std::string> KnownPlaces(const report::v1::Report& report, const scoring::v1::ScoreCard& card) {
  std::set<std::string> labels;
  CollectLabels(report.content(), labels);
  CollectLabels(card, labels);
  for (const report::v1::Section& section : report.content().sections()) {
    labels.insert(section.number() + section.heading());
  }
  for (const report::v1::EvaluationTable& table : report.content().evaluation_tables()) labels.insert(table.title());
  labels.erase("");
  return labels;
}

}  // namespace

absl::Status CheckCommentPlaces(const std::vector<v1::ReviewComment>& comments, const report::v1::Report& report,
                                const scoring::v1::ScoreCard& card) {
  Violations violations;
  const PathStep root;
  std::set<std::string> places;
  for (size_t i = 0; i < comments.size(); ++i) {
    const v1::ReviewComment& comment = comments[i];
    const PathStep path = root.At("comments", static_cast<int>(i));
    const std::string which = fmt::format("第 {} 条意见", i + 1);
    if (comment.has_finding_id() && FindFinding(card, comment.finding_id()) == nullptr) {
      violations.Add(path / "finding_id", which + "所指的问题不在本版的检查发现中，请核对编号");
    }
    if (!comment.has_address()) continue;
    if (places.empty()) places = KnownPlaces(report, card);
    if (!places.contains(comment.address().label())) {
      violations.Add(path / "address", which + "所指的位置不在本版报告中，请从报告或检查发现中选取位置");
    }
  }
  return violations.ToStatus();
}

}  // namespace jixiao::intake
