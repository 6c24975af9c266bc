// Draws the first thing a citizen reads: what the unit says of itself, what the
// evidence supports, and how many things are wrong.
#ifndef JIXIAO_PUBLISH_RENDER_SUMMARY_VIEW_H_
#define JIXIAO_PUBLISH_RENDER_SUMMARY_VIEW_H_

#include "jixiao/publish/v1/disclosure.pb.h"
#include "publish/core/finding_order.h"
#include "publish/render/view.h"

namespace jixiao::publish {

void AddSummary(const v1::Disclosure& disclosure, const FindingOrder& findings, View& page);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_SUMMARY_VIEW_H_
