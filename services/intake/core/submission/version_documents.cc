#include "intake/core/submission/version_documents.h"

#include <utility>

#include "common/base/digest.h"
#include "common/base/packed_bytes.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {

absl::StatusOr<VersionDocuments> Unpack(PackedDocuments packed, const std::string& name, std::string_view report_digest,
                                        std::string_view original_digest) {
  absl::StatusOr<std::string> report = UnpackBytes(packed.report_bytes);
  absl::StatusOr<std::string> original = UnpackBytes(packed.original_bytes);
  if (!report.ok() || !original.ok() || ContentDigest(*report) != report_digest ||
      (!packed.media_type.empty() && ContentDigest(*original) != original_digest)) {
    return StoredBytesDamaged(name);
  }
  return VersionDocuments{*std::move(report), std::move(packed.media_type), std::move(packed.file_name),
                          *std::move(original)};
}

}  // namespace jixiao::intake
