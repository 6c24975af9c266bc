#include "intake/reader/form/read_text_report.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "intake/reader/blocks/document_blocks.h"
#include "intake/reader/blocks/document_lines.h"
#include "intake/reader/form/read_blocks.h"

namespace jixiao::intake {
namespace {

constexpr std::string_view kReader = "text/1";
constexpr size_t kLargestDocument = 1 << 20;

absl::Status Refuse(std::string_view reason, const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, message);
}

}  // namespace

absl::StatusOr<report::v1::Report> ReadTextReport(std::string_view document, const ReaderData& data) {
  if (document.size() > kLargestDocument) {
    return Refuse("DOCUMENT_TOO_LARGE", "文件超过 1 MB，请只保留报告正文和自评表，删去图片、附件内容后重新提交");
  }
  if (!IsCleanUtf8(document)) {
    return Refuse("DOCUMENT_NOT_UTF8",
                  "文件不是 UTF-8 编码的文本，或含有非法字符；请用“另存为”选择 UTF-8 编码后重新提交");
  }
  if (Trim(document).empty()) return Refuse("DOCUMENT_EMPTY", "文件是空的，请提交含有正文和自评表的报告");
  report::v1::Report report;
  report.mutable_provenance()->set_reader(std::string(kReader));
  std::vector<Block> blocks = SplitBlocks(CleanLines(document, *report.mutable_provenance()), data.labels);
  JoinCutSentences(blocks, data.labels, *report.mutable_provenance());
  JIXIAO_RETURN_IF_ERROR(ReadBlocks(std::move(blocks), data, report));
  return report;
}

}  // namespace jixiao::intake
