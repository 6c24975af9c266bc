#include "common/base/encoding.h"

#include <iconv.h>

#include <memory>
#include <optional>

#include "common/base/text.h"

namespace jixiao {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct CloseConverter {
  void operator()(void* converter) const { iconv_close(converter); }
};

std::optional<std::string> Utf8FromGb18030(std::string_view bytes) {
  const iconv_t opened = iconv_open("UTF-8", "GB18030");
  if (opened == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  const std::unique_ptr<void, CloseConverter> converter(opened);
  std::string in(bytes);
  // Two bytes make at most three, four make at most four, one stays one.
  std::string out(bytes.size() * 3 / 2 + 4, '\0');
  char* from = in.data();
  size_t from_left = in.size();
  char* to = out.data();
  size_t to_left = out.size();
  if (iconv(converter.get(), &from, &from_left, &to, &to_left) == static_cast<size_t>(-1)) return std::nullopt;
  out.resize(out.size() - to_left);
  return out;
}

}  // namespace

absl::StatusOr<std::string> DecodeText(std::string_view bytes) {
  if (IsCleanUtf8(bytes)) {
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    return std::string(bytes);
  }
  std::optional<std::string> text = Utf8FromGb18030(bytes);
  if (text.has_value() && IsCleanUtf8(*text)) return *std::move(text);
  return absl::InvalidArgumentError("文件的文字编码读不出，请另存为“CSV UTF-8（逗号分隔）”后重试");
}

}  // namespace jixiao
