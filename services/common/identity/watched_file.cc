#include "common/identity/watched_file.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fstream>

#include "common/base/log.h"

namespace jixiao {

FileStamp StampOf(const std::string& path) {
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0) return {};
  return {info.st_size, int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec, info.st_ino};
}

absl::StatusOr<std::string> ReadSmallFile(const std::string& path, size_t max_bytes) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(max_bytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || !file.is_open()) return absl::InvalidArgumentError(fmt::format("{} cannot be read", path));
  bytes.resize(static_cast<size_t>(file.gcount()));
  if (bytes.size() > max_bytes) {
    return absl::InvalidArgumentError(fmt::format("{} is larger than {} bytes", path, max_bytes));
  }
  return bytes;
}

void LogReload(const std::string& path, const absl::Status& status) {
  if (status.ok()) return LogInfo("file_reloaded", {{"path", path}});
  LogError("file_not_reloaded", {{"path", path}, {"problem", std::string(status.message())}});
}

}  // namespace jixiao
