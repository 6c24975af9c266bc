#include "intake/reader/blocks/unread.h"

#include <string>

#include "common/base/text.h"

namespace jixiao::intake {

void AddUnread(std::string_view text, std::string_view reason, int source_line, report::v1::Provenance& provenance) {
  // 2,000 characters may be kept in one entry; bytes bound them.
  constexpr size_t kPieceBytes = 2000;
  text = Trim(text);
  while (!text.empty()) {
    size_t end = std::min(text.size(), kPieceBytes);
    while (end < text.size() && (text[end] & 0xC0) == 0x80) --end;
    report::v1::Unread& unread = *provenance.add_unread();
    unread.set_text(std::string(text.substr(0, end)));
    unread.set_reason(std::string(reason));
    if (source_line > 0) unread.set_source_line(source_line);
    text.remove_prefix(end);
  }
}

}  // namespace jixiao::intake
