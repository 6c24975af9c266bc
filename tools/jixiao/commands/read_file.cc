#include "commands/read_file.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include "common/base/errors.h"

namespace jixiao::cli {
namespace {

constexpr size_t kMaxBytes = 1 << 20;

absl::StatusOr<std::string> ReadStream(std::istream& in) {
  std::vector<char> bytes(kMaxBytes + 1);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const auto count = static_cast<size_t>(in.gcount());
  if (count > kMaxBytes) {
    return MakeError(absl::StatusCode::kInvalidArgument, "FILE_TOO_LARGE",
                     "文件超过 1 MiB；请只报送报告正文和附表，不含图片和扫描件");
  }
  return std::string(bytes.data(), count);
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  if (path == "-") return ReadStream(std::cin);
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return MakeError(absl::StatusCode::kInvalidArgument, "NOT_A_FILE", "这是文件夹；请写出其中的文件");
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (file) return ReadStream(file);
  if (errno == EACCES) {
    return MakeError(absl::StatusCode::kPermissionDenied, "FILE_UNREADABLE", "没有读取这个文件的权限");
  }
  return MakeError(absl::StatusCode::kNotFound, "FILE_NOT_FOUND", "没有这个文件，请核对路径");
}

}  // namespace jixiao::cli
