#include "commands/read_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include "common/base/errors.h"

namespace jixiao::cli {
namespace {

absl::StatusOr<std::string> ReadStream(std::istream& in, size_t max_bytes) {
  std::vector<char> bytes(max_bytes + 1);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const auto count = static_cast<size_t>(in.gcount());
  if (count > max_bytes) {
    return MakeError(absl::StatusCode::kInvalidArgument, "FILE_TOO_LARGE",
                     fmt::format("文件超过 {} MiB；请压缩图片或删去扫描件，只保留报告正文和附表", max_bytes >> 20));
  }
  return std::string(bytes.data(), count);
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes) {
  if (path == "-") return ReadStream(std::cin, max_bytes);
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return MakeError(absl::StatusCode::kInvalidArgument, "NOT_A_FILE", "这是文件夹；请写出其中的文件");
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (file) return ReadStream(file, max_bytes);
  if (errno == EACCES) {
    return MakeError(absl::StatusCode::kPermissionDenied, "FILE_UNREADABLE", "没有读取这个文件的权限");
  }
  return MakeError(absl::StatusCode::kNotFound, "FILE_NOT_FOUND", "没有这个文件，请核对路径");
}

absl::Status WriteFile(const std::string& path, std::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool written = file >= 0;
  while (written && !bytes.empty()) {
    const ssize_t count = write(file, bytes.data(), bytes.size());
    written = count > 0;
    if (written) bytes.remove_prefix(static_cast<size_t>(count));
  }
  const int error = errno;
  if (file >= 0 && close(file) != 0) written = false;
  if (written) return absl::OkStatus();
  return MakeError(absl::StatusCode::kPermissionDenied, "FILE_NOT_WRITTEN",
                   fmt::format("写不了这个文件（{}）", std::strerror(error)));
}

}  // namespace jixiao::cli
