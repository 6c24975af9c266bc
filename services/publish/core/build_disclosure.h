// Decides what the public sees of a report.
#ifndef JIXIAO_PUBLISH_CORE_BUILD_DISCLOSURE_H_
#define JIXIAO_PUBLISH_CORE_BUILD_DISCLOSURE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jixiao/publish/v1/disclosure.pb.h"
#include "publish/core/disclosure_name.h"

namespace jixiao::publish {

// What goes public, as the caller hands it over.
struct Publication {
  DisclosureKey key;
  report::v1::Report report;
  std::string report_digest;  // of the report's bytes, verified
  scoring::v1::ScoreCard score_card;
  std::string approval_reason;  // empty: none
  std::vector<v1::FindingExplanation> explanations;
};

// Takes over `publication.report.content` and nothing else of the report, masks
// personal data in it, in the score card, in the reason and in the explanations.
// Fails with
//   INVALID_ARGUMENT     the score card belongs to another report, an explanation
//                        to no finding of it, or the content is of another year or
//                        kind than the name says;
//   FAILED_PRECONDITION  (reason PERSONAL_DATA) identity or bank numbers.
absl::StatusOr<v1::Disclosure> BuildDisclosure(Publication publication, absl::Time publish_time);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_BUILD_DISCLOSURE_H_
