// Decides what was still open when a reviewer let a report go public all the same.
#ifndef JIXIAO_PUBLISH_CORE_OPEN_FINDINGS_H_
#define JIXIAO_PUBLISH_CORE_OPEN_FINDINGS_H_

#include "jixiao/publish/v1/disclosure.pb.h"
#include "publish/core/finding_order.h"

namespace jixiao::publish {

enum class OpenFindings {
  kNone,
  kUnexplained,  // findings to explain, and no explanation of some of them
  kBlocking,     // findings that should have been corrected
};

// `findings` are those of the disclosure's score card.
OpenFindings OpenFindingsOf(const v1::Disclosure& disclosure, const FindingOrder& findings);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_OPEN_FINDINGS_H_
