// For tests: what the reader knows as the project ships it.
#ifndef JIXIAO_INTAKE_TESTING_DOCUMENTS_SHIPPED_READER_DATA_H_
#define JIXIAO_INTAKE_TESTING_DOCUMENTS_SHIPPED_READER_DATA_H_

#include <utility>

#include "common/base/log.h"
#include "common/testing/shipped_divisions.h"
#include "intake/reader/labels/reader_data.h"

namespace jixiao::intake::testing {

// Ends the test if it cannot be read.
inline const ReaderData& ShippedReaderData() {
  static const ReaderData* const data = [] {
    auto loaded = ReaderData::Load(::jixiao::testing::ShippedRuleSets());
    JIXIAO_CHECK(loaded.ok());
    return new ReaderData(*std::move(loaded));
  }();
  return *data;
}

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_DOCUMENTS_SHIPPED_READER_DATA_H_
