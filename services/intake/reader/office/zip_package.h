// The container of .docx and .xlsx files, opened within limits. Nothing in it is
// believed: names are checked, and bytes are counted while they are inflated.
#ifndef JIXIAO_INTAKE_READER_OFFICE_ZIP_PACKAGE_H_
#define JIXIAO_INTAKE_READER_OFFICE_ZIP_PACKAGE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace jixiao::intake {

// Defaults are those that production uses.
struct ZipLimits {
  int64_t max_entries = 2'000;
  int64_t max_total_bytes = 200 << 20;  // as the directory declares them
  int64_t max_entry_bytes = 50 << 20;   // declared
  int64_t max_read_bytes = 24 << 20;    // inflated, one part
  int64_t max_ratio = 100;              // inflated to compressed, above 100 KB
};

class ZipPackage {
 public:
  // `bytes` outlives the package. INVALID_ARGUMENT, with advice in Chinese, if it
  // is no whole container or breaks a limit: too many or too large entries, names
  // that are absolute, climb, repeat or are not UTF-8, links, encrypted entries.
  static absl::StatusOr<ZipPackage> Open(std::string_view bytes, const ZipLimits& limits = {});

  bool Has(std::string_view name) const;
  // Names in the order of the directory.
  const std::vector<std::string>& names() const { return names_; }
  // NOT_FOUND if there is no such part; INVALID_ARGUMENT if it is damaged or grows
  // beyond the limits.
  absl::StatusOr<std::string> Read(std::string_view name) const;

 private:
  struct Closer {
    void operator()(void* archive) const;
  };

  std::unique_ptr<void, Closer> archive_;
  std::vector<std::string> names_;
  ZipLimits limits_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_ZIP_PACKAGE_H_
