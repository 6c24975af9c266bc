#include "common/base/packed_bytes.h"

#include <lz4frame.h>

#include <memory>

#include "common/base/errors.h"
#include "common/base/log.h"

namespace jixiao {
namespace {

absl::Status Damaged() {
  return MakeError(absl::StatusCode::kDataLoss, "PACKED_BYTES_DAMAGED", "stored bytes cannot be unpacked");
}

LZ4F_dctx* NewUnpacker() {
  LZ4F_dctx* unpacker = nullptr;
  JIXIAO_CHECK(LZ4F_isError(LZ4F_createDecompressionContext(&unpacker, LZ4F_VERSION)) == 0);
  return unpacker;
}

// The size of what the frame at the front of `packed` holds, which begins behind
// `header_size`; a negative one if it cannot be told.
int64_t ReadHeader(LZ4F_dctx* unpacker, std::string_view packed, size_t& header_size) {
  LZ4F_frameInfo_t info = {};
  header_size = packed.size();
  if (LZ4F_isError(LZ4F_getFrameInfo(unpacker, &info, packed.data(), &header_size)) != 0) return -1;
  return info.contentSize == 0 ? -1 : static_cast<int64_t>(info.contentSize);
}

}  // namespace

std::string PackBytes(std::string_view bytes) {
  if (bytes.empty()) return {};
  LZ4F_preferences_t preferences = LZ4F_INIT_PREFERENCES;
  preferences.frameInfo.contentSize = bytes.size();
  const size_t bound = LZ4F_compressFrameBound(bytes.size(), &preferences);
  const auto room = std::make_unique_for_overwrite<char[]>(bound);
  const size_t size = LZ4F_compressFrame(room.get(), bound, bytes.data(), bytes.size(), &preferences);
  JIXIAO_CHECK(LZ4F_isError(size) == 0);  // the room is enough
  return std::string(room.get(), size);
}

absl::StatusOr<std::string> UnpackBytes(std::string_view packed, int64_t max_bytes) {
  if (packed.empty()) return std::string();
  thread_local const std::unique_ptr<LZ4F_dctx, size_t (*)(LZ4F_dctx*)> unpacker(NewUnpacker(),
                                                                                 LZ4F_freeDecompressionContext);
  LZ4F_resetDecompressionContext(unpacker.get());  // the last frame may have been a broken one
  size_t header_size = 0;
  const int64_t size = ReadHeader(unpacker.get(), packed, header_size);
  if (size < 0 || size > max_bytes) return Damaged();
  packed.remove_prefix(header_size);
  std::string bytes(static_cast<size_t>(size), '\0');
  size_t written = bytes.size();
  size_t read = packed.size();
  // 0 is the end of the frame: all was read, and checked against the size in its header.
  if (LZ4F_decompress(unpacker.get(), bytes.data(), &written, packed.data(), &read, nullptr) != 0 ||
      written != bytes.size() || read != packed.size()) {
    return Damaged();
  }
  return bytes;
}

}  // namespace jixiao
