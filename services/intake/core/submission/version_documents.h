// The bytes of a version: evidence, written once.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_VERSION_DOCUMENTS_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_VERSION_DOCUMENTS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jixiao::intake {

struct VersionDocuments {
  std::string report_bytes;
  std::string media_type;      // empty if protobuf was filed
  std::string file_name;       // may be empty
  std::string original_bytes;  // empty if protobuf was filed
};

// The same as the stores keep them, both bytes packed. Who files packs: a store
// has one thread that writes.
struct PackedDocuments {
  std::string report_bytes;
  std::string media_type;
  std::string file_name;
  std::string original_bytes;

  size_t size() const { return report_bytes.size() + original_bytes.size(); }
};

// Documents of version `name` out of a store. DATA_LOSS if they are not those
// that the digests were made of.
absl::StatusOr<VersionDocuments> Unpack(PackedDocuments packed, const std::string& name, std::string_view report_digest,
                                        std::string_view original_digest);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_VERSION_DOCUMENTS_H_
