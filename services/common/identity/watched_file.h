// A file that is read again when it changes. What was read last without error
// stays in force while the file is missing or broken.
#ifndef JIXIAO_COMMON_IDENTITY_WATCHED_FILE_H_
#define JIXIAO_COMMON_IDENTITY_WATCHED_FILE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"

namespace jixiao {

// Tells a file from what it was: size, change time, inode.
struct FileStamp {
  int64_t size = -1;
  int64_t modified_nanos = 0;
  uint64_t inode = 0;

  bool operator==(const FileStamp&) const = default;
};

FileStamp StampOf(const std::string& path);

// INVALID_ARGUMENT with the path if it cannot be read or is larger than
// `max_bytes`.
absl::StatusOr<std::string> ReadSmallFile(const std::string& path, size_t max_bytes);

void LogReload(const std::string& path, const absl::Status& status);

// Thread-safe. Looks at the file when it is asked for and the last look is
// `interval` ago, so it has no thread of its own.
template <typename Content>
class WatchedFile {
 public:
  struct Options {
    std::string path;
    size_t max_bytes;
    std::function<absl::StatusOr<Content>(const std::string& bytes)> parse;
    absl::Duration interval = absl::Seconds(5);
  };

  // Reads the file; fails with a sentence that names it. `clock` outlives this.
  static absl::StatusOr<std::unique_ptr<WatchedFile>> Open(Options options, const Clock& clock) {
    std::unique_ptr<WatchedFile> file(new WatchedFile(std::move(options), clock));
    file->stamp_ = StampOf(file->options_.path);
    absl::StatusOr<std::shared_ptr<const Content>> content = file->Read();
    if (!content.ok()) return content.status();
    file->content_ = *std::move(content);
    return file;
  }

  std::shared_ptr<const Content> Get() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const absl::Time now = clock_.Now();
    // A clock that was set back must not stop the watch.
    if (now >= next_look_ || now < next_look_ - options_.interval) {
      next_look_ = now + options_.interval;
      Look();
    }
    return content_;
  }

 private:
  WatchedFile(Options options, const Clock& clock)
      : options_(std::move(options)), clock_(clock), next_look_(clock.Now() + options_.interval) {}

  absl::StatusOr<std::shared_ptr<const Content>> Read() const {
    absl::StatusOr<std::string> bytes = ReadSmallFile(options_.path, options_.max_bytes);
    if (!bytes.ok()) return bytes.status();
    absl::StatusOr<Content> content = options_.parse(*bytes);
    if (!content.ok()) {
      return absl::InvalidArgumentError(options_.path + ": " + std::string(content.status().message()));
    }
    return std::make_shared<const Content>(*std::move(content));
  }

  void Look() const {
    const FileStamp stamp = StampOf(options_.path);
    if (stamp == stamp_) return;
    stamp_ = stamp;
    absl::StatusOr<std::shared_ptr<const Content>> content = Read();
    LogReload(options_.path, content.status());
    if (content.ok()) content_ = *std::move(content);
  }

  const Options options_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  mutable absl::Time next_look_;
  mutable FileStamp stamp_;
  mutable std::shared_ptr<const Content> content_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_WATCHED_FILE_H_
