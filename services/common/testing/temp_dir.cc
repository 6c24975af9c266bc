#include "common/testing/temp_dir.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "common/base/log.h"

namespace jixiao::testing {
namespace {

std::string FromEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  JIXIAO_CHECK(value != nullptr);  // run tests with ctest, or set it
  return value;
}

}  // namespace

TempDir::TempDir() {
  path_ = (std::filesystem::temp_directory_path() / "jixiao-XXXXXX").string();
  JIXIAO_CHECK(mkdtemp(path_.data()) != nullptr);
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TempDir::File(std::string_view name) const { return path_ + "/" + std::string(name); }

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void WriteFile(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  JIXIAO_CHECK(out.flush().good());
}

std::string SourcePath(std::string_view relative) {
  return FromEnvironment("JIXIAO_SOURCE_DIR") + "/" + std::string(relative);
}

std::string BinaryPath(std::string_view name) { return FromEnvironment("JIXIAO_BIN_DIR") + "/" + std::string(name); }

}  // namespace jixiao::testing
