// The sample publication as intake sends it.
#ifndef JIXIAO_PUBLISH_TESTING_SAMPLE_PUBLISH_REQUEST_H_
#define JIXIAO_PUBLISH_TESTING_SAMPLE_PUBLISH_REQUEST_H_

#include "common/base/digest.h"
#include "jixiao/publish/v1/publish_service.pb.h"
#include "publish/testing/sample_publication.h"

namespace jixiao::publish::testing {

inline v1::PublishReportRequest SamplePublishRequest(int version = 1) {
  const Publication publication = SamplePublication(version);
  v1::PublishReportRequest request;
  request.set_submission_version("submissions/430611.NC01.2024.department/versions/" + std::to_string(version));
  *request.mutable_report() = publication.report;
  request.set_report_digest(ContentDigest(publication.report.SerializeAsString()));
  *request.mutable_score_card() = publication.score_card;
  request.mutable_score_card()->set_report_digest(request.report_digest());
  request.set_approval_reason(publication.approval_reason);
  *request.mutable_explanations() = {publication.explanations.begin(), publication.explanations.end()};
  return request;
}

}  // namespace jixiao::publish::testing

#endif  // JIXIAO_PUBLISH_TESTING_SAMPLE_PUBLISH_REQUEST_H_
