#include "intake/reader/office/zip_package.h"

#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <set>
#include <utility>

#include "common/base/errors.h"
#include "common/base/text.h"

namespace jixiao::intake {
namespace {

absl::Status Damaged() {
  return MakeError(absl::StatusCode::kInvalidArgument, "DOCUMENT_DAMAGED",
                   "文件不完整或已损坏，打不开；请用 Office 或 WPS 打开原文件，另存后重新提交");
}

absl::Status Suspicious(const std::string& what) {
  return MakeError(
      absl::StatusCode::kInvalidArgument, "DOCUMENT_SUSPICIOUS",
      "文件内部结构异常（" + what + "），为安全起见没有读取；请用 Office 或 WPS 打开原文件，另存后重新提交");
}

zip_t* Archive(void* archive) { return static_cast<zip_t*>(archive); }

// Office writes relative names with slashes and nothing else.
bool IsHarmlessName(std::string_view name) {
  if (name.empty() || name.size() > 500 || !IsCleanUtf8(name) || name.front() == '/') return false;
  if (name.find('\\') != std::string_view::npos || name.find(':') != std::string_view::npos) return false;
  while (!name.empty()) {
    const size_t end = std::min(name.find('/'), name.size());
    if (name.substr(0, end) == "..") return false;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return true;
}

std::string Folded(std::string_view name) {
  std::string folded(name);
  std::transform(folded.begin(), folded.end(), folded.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return folded;
}

bool IsLink(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return false;
  return system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
}

// What the directory says of one entry.
absl::Status CheckEntry(zip_t* archive, zip_uint64_t index, const ZipLimits& limits, zip_stat_t& stat) {
  zip_stat_init(&stat);
  if (zip_stat_index(archive, index, ZIP_FL_ENC_RAW, &stat) != 0 || stat.name == nullptr) return Damaged();
  if (!IsHarmlessName(stat.name)) return Suspicious("内部文件名不合规");
  if (IsLink(archive, index)) return Suspicious("含有链接");
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
    return MakeError(absl::StatusCode::kInvalidArgument, "DOCUMENT_ENCRYPTED",
                     "文件设有打开密码，系统无法读取；请取消密码，另存后重新提交");
  }
  if (stat.size > static_cast<zip_uint64_t>(limits.max_entry_bytes)) return Suspicious("内容解压后过大");
  return absl::OkStatus();
}

}  // namespace

void ZipPackage::Closer::operator()(void* archive) const { zip_discard(Archive(archive)); }

absl::StatusOr<ZipPackage> ZipPackage::Open(std::string_view bytes, const ZipLimits& limits) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (archive == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return Damaged();
  }
  ZipPackage package;
  package.archive_.reset(archive);
  package.limits_ = limits;
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  if (count > limits.max_entries) return Suspicious("内部文件过多");
  zip_uint64_t total = 0;
  std::set<std::string> seen;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    if (const absl::Status status = CheckEntry(archive, static_cast<zip_uint64_t>(i), limits, stat); !status.ok()) {
      return status;
    }
    total += stat.size;
    if (total > static_cast<zip_uint64_t>(limits.max_total_bytes)) return Suspicious("内容解压后过大");
    if (!seen.insert(Folded(stat.name)).second) return Suspicious("内部文件重名");
    package.names_.emplace_back(stat.name);
  }
  return package;
}

bool ZipPackage::Has(std::string_view name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

absl::StatusOr<std::string> ZipPackage::Read(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) return absl::NotFoundError("no such part of the package");
  const auto index = static_cast<zip_uint64_t>(found - names_.begin());
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat_index(Archive(archive_.get()), index, ZIP_FL_ENC_RAW, &stat) != 0) return Damaged();
  zip_file_t* file = zip_fopen_index(Archive(archive_.get()), index, 0);
  if (file == nullptr) return Damaged();
  constexpr int64_t kFreeOfRatio = 100 << 10;
  const int64_t compressed = std::max<int64_t>(static_cast<int64_t>(stat.comp_size), 1);
  std::string bytes;
  std::vector<char> chunk(64 << 10);
  absl::Status status;
  while (status.ok()) {
    const zip_int64_t count = zip_fread(file, chunk.data(), chunk.size());
    if (count < 0) status = Damaged();
    if (count <= 0) break;
    bytes.append(chunk.data(), static_cast<size_t>(count));
    const auto size = static_cast<int64_t>(bytes.size());
    if (size > limits_.max_read_bytes) status = Suspicious("内容解压后过大");
    if (size > kFreeOfRatio && size / compressed > limits_.max_ratio) status = Suspicious("压缩比过高");
  }
  zip_fclose(file);
  if (!status.ok()) return status;
  return bytes;
}

}  // namespace jixiao::intake
