#include "intake/reader/office/libreoffice.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "intake/reader/office/child_process.h"

namespace jixiao::intake {
namespace {

namespace fs = std::filesystem;

struct Names {
  const char* input;
  const char* format;
  const char* output;
};

Names NamesFor(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kOldExcel: return {"in.xls", "xlsx", "in.xlsx"};
    case DocumentKind::kOpenSheet: return {"in.ods", "xlsx", "in.xlsx"};
    case DocumentKind::kOpenText: return {"in.odt", "docx", "in.docx"};
    case DocumentKind::kRichText: return {"in.rtf", "docx", "in.docx"};
    default: return {"in.doc", "docx", "in.docx"};
  }
}

// A folder of one's own, gone afterwards.
class WorkFolder {
 public:
  WorkFolder() {
    std::error_code error;
    std::string pattern = (fs::temp_directory_path(error) / "jixiao-convert-XXXXXX").string();
    if (!error && mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

ChildProcess ConverterIn(const std::string& soffice, const std::string& folder, const Names& names,
                         const ConversionLimits& limits) {
  ChildProcess child;
  child.arguments = {soffice,
                     "--headless",
                     "--norestore",
                     "--nologo",
                     "--nolockcheck",
                     "--nodefault",
                     "-env:UserInstallation=file://" + folder + "/profile",
                     "--convert-to",
                     names.format,
                     "--outdir",
                     folder + "/out",
                     folder + "/" + names.input};
  child.environment = {"HOME=" + folder, "TMPDIR=" + folder, "PATH=/usr/bin:/bin", "LANG=C.UTF-8",
                       "SAL_USE_VCLPLUGIN=svp"};
  child.folder = folder;
  child.time = limits.time;
  child.memory_bytes = limits.memory_bytes;
  child.file_bytes = limits.output_bytes * 4;
  return child;
}

}  // namespace

std::string FindLibreOffice() {
  for (const char* path : {"/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/usr/local/bin/soffice"}) {
    if (access(path, X_OK) == 0) return path;
  }
  return "";
}

absl::StatusOr<std::string> ConvertDocument(const std::string& soffice, std::string_view bytes, DocumentKind kind,
                                            const ConversionLimits& limits) {
  const WorkFolder folder;
  if (folder.path().empty()) return absl::InternalError("no temporary folder");
  const Names names = NamesFor(kind);
  {
    std::ofstream file(folder.path() + "/" + names.input, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) return absl::InternalError("the temporary folder is full");
  }
  // Its exit code says little; what counts is whether a file came out.
  JIXIAO_RETURN_IF_ERROR(RunChild(ConverterIn(soffice, folder.path(), names, limits)).status());
  const std::string output = folder.path() + "/out/" + names.output;
  std::error_code error;
  const auto size = fs::file_size(output, error);
  if (error || size == 0 || size > static_cast<uintmax_t>(limits.output_bytes)) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, "CONVERSION_FAILED",
        "文件无法自动转换，可能已损坏或设有密码；请用 Office 或 WPS 打开文件，另存为 .docx 或 .xlsx 后重新提交");
  }
  std::ifstream file(output, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace jixiao::intake
