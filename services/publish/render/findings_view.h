// Draws the findings of a score card, worst first.
#ifndef JIXIAO_PUBLISH_RENDER_FINDINGS_VIEW_H_
#define JIXIAO_PUBLISH_RENDER_FINDINGS_VIEW_H_

#include "jixiao/publish/v1/disclosure.pb.h"
#include "publish/core/finding_order.h"
#include "publish/render/view.h"

namespace jixiao::publish {

// Grouped by severity, dependants folded under their roots, each with what the
// unit says about it.
void AddFindings(const v1::Disclosure& disclosure, const FindingOrder& findings, View& page);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_FINDINGS_VIEW_H_
