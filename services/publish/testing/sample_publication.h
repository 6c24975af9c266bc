// Builds a realistic report with its score card: invented unit, figures that show
// every part of a page.
#ifndef JIXIAO_PUBLISH_TESTING_SAMPLE_PUBLICATION_H_
#define JIXIAO_PUBLISH_TESTING_SAMPLE_PUBLICATION_H_

#include "publish/core/build_disclosure.h"

namespace jixiao::publish::testing {

// What the sample's contacts and text hold and no page may show.
inline constexpr char kSampleClerk[] = "周若溪";
inline constexpr char kSampleTelephone[] = "20000136";
inline constexpr char kSampleMobile[] = "13800001357";

// A department report of 430611.NC01 for 2024 with a project table, personal data
// in contacts, paragraphs, cells, findings and the reason.
Publication SamplePublication(int version = 1);

}  // namespace jixiao::publish::testing

#endif  // JIXIAO_PUBLISH_TESTING_SAMPLE_PUBLICATION_H_
