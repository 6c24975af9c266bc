#include "intake/reader/labels/reader_data.h"

#include "common/base/status_macros.h"

namespace jixiao::intake {

absl::StatusOr<ReaderData> ReaderData::Load(const std::string& folder) {
  ReaderData data;
  JIXIAO_ASSIGN_OR_RETURN(data.divisions, Divisions::Load(folder + "/divisions.textproto"));
  JIXIAO_ASSIGN_OR_RETURN(data.labels, FormLabels::Load(folder + "/forms/labels.textproto"));
  return data;
}

}  // namespace jixiao::intake
