// For tests: a folder of one's own, gone afterwards.
#ifndef JIXIAO_COMMON_TESTING_TEMP_DIR_H_
#define JIXIAO_COMMON_TESTING_TEMP_DIR_H_

#include <string>
#include <string_view>

namespace jixiao::testing {

class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }

  // `path()`/`name`.
  std::string File(std::string_view name) const;

 private:
  std::string path_;
};

// Whole file; empty if it cannot be read.
std::string ReadFile(const std::string& path);

void WriteFile(const std::string& path, std::string_view bytes);

// The source tree, from $JIXIAO_SOURCE_DIR.
std::string SourcePath(std::string_view relative);

// One of our binaries, from $JIXIAO_BIN_DIR.
std::string BinaryPath(std::string_view name);

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_TEMP_DIR_H_
