// What the reader of documents knows from data files.
#ifndef JIXIAO_INTAKE_READER_LABELS_READER_DATA_H_
#define JIXIAO_INTAKE_READER_LABELS_READER_DATA_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/domain/divisions.h"
#include "intake/reader/labels/form_labels.h"

namespace jixiao::intake {

// A value that never changes; copies share their tables.
struct ReaderData {
  Divisions divisions;
  FormLabels labels;

  // From `folder`, which holds divisions.textproto and forms/labels.textproto. The error names the file.
  static absl::StatusOr<ReaderData> Load(const std::string& folder);
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_LABELS_READER_DATA_H_
