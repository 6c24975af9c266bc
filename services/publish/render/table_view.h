// Draws an evaluation table, the base data table and the other annexes: the official forms, with the supported interval
// beside the unit's own score.
#ifndef JIXIAO_PUBLISH_RENDER_TABLE_VIEW_H_
#define JIXIAO_PUBLISH_RENDER_TABLE_VIEW_H_

#include "jixiao/publish/v1/disclosure.pb.h"
#include "publish/core/finding_order.h"
#include "publish/render/view.h"

namespace jixiao::publish {

// Adds evaluation table `index` of `disclosure` to `page`.
void AddEvaluationTable(const v1::Disclosure& disclosure, int index, const FindingOrder& findings, View& page);

void AddBaseDataTable(const report::v1::BaseDataTable& table, const FindingOrder& findings, View& page);

// The sheet as filed and what the rules say about the unit's own work.
void AddWorkAssessment(const v1::Disclosure& disclosure, const FindingOrder& findings, View& page);

void AddNarrative(const report::v1::ReportContent& content, View& page);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_TABLE_VIEW_H_
