#include "faults/power_cut.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

#include "common/base/log.h"
#include "common/testing/temp_dir.h"

namespace jixiao::faults {
namespace {

constexpr size_t kSector = 512;

struct Entry {
  DiskRecord record;
  std::string path;
  std::string before;
  std::string after;
};

// A last record that the kill cut short is left out: its write did not begin.
std::vector<Entry> Parse(const std::string& bytes) {
  std::vector<Entry> entries;
  for (size_t at = 0; at + sizeof(DiskRecord) <= bytes.size();) {
    Entry entry;
    std::memcpy(&entry.record, bytes.data() + at, sizeof(DiskRecord));
    at += sizeof(DiskRecord);
    const DiskRecord& record = entry.record;
    if (at + record.path_size + record.before_size + record.after_size > bytes.size()) break;
    entry.path = bytes.substr(at, record.path_size);
    at += record.path_size;
    entry.before = bytes.substr(at, record.before_size);
    at += record.before_size;
    entry.after = bytes.substr(at, record.after_size);
    at += record.after_size;
    entries.push_back(std::move(entry));
  }
  return entries;
}

class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    JIXIAO_CHECK(fd_ >= 0);
  }
  ~OpenFile() { close(fd_); }
  void Write(const std::string& bytes, int64_t offset) {
    JIXIAO_CHECK(pwrite(fd_, bytes.data(), bytes.size(), offset) == static_cast<ssize_t>(bytes.size()));
  }
  void SetSize(int64_t size) { JIXIAO_CHECK(ftruncate(fd_, size) == 0); }

 private:
  const int fd_;
};

void Undo(const Entry& entry) {
  OpenFile file(entry.path);
  if (entry.record.kind == DiskRecord::kTruncate) {
    file.SetSize(entry.record.old_file_size);
    file.Write(entry.before, entry.record.offset);
    return;
  }
  file.Write(entry.before, entry.record.offset);
  file.SetSize(entry.record.old_file_size);
}

// Keeps, loses or tears one write that was undone before.
void Redo(const Entry& entry, std::mt19937_64& random, PowerCut& cut) {
  const uint64_t fate = random() % 3;
  if (fate == 0) {
    ++cut.lost;
    return;
  }
  OpenFile file(entry.path);
  if (entry.record.kind == DiskRecord::kTruncate) return file.SetSize(entry.record.offset);
  if (fate == 1) return file.Write(entry.after, entry.record.offset);
  ++cut.torn;
  for (size_t at = 0; at < entry.after.size(); at += kSector) {
    if (random() % 2 == 0) file.Write(entry.after.substr(at, kSector), entry.record.offset + static_cast<int64_t>(at));
  }
}

}  // namespace

PowerCut CutPower(const std::string& log, uint64_t seed) {
  const std::vector<Entry> entries = Parse(::jixiao::testing::ReadFile(log));
  std::map<std::string, uint64_t> safe;
  std::vector<const Entry*> unflushed;
  for (const Entry& entry : entries) {
    if (entry.record.kind == DiskRecord::kSync) {
      uint64_t& sequence = safe[entry.path];
      sequence = std::max(sequence, static_cast<uint64_t>(entry.record.offset));
    }
  }
  for (const Entry& entry : entries) {
    const bool is_change = entry.record.kind == DiskRecord::kWrite || entry.record.kind == DiskRecord::kTruncate;
    if (is_change && entry.record.sequence > safe[entry.path]) unflushed.push_back(&entry);
  }
  PowerCut cut;
  cut.unflushed = static_cast<int>(unflushed.size());
  for (auto it = unflushed.rbegin(); it != unflushed.rend(); ++it) Undo(**it);
  std::mt19937_64 random(seed);
  for (const Entry* entry : unflushed) Redo(*entry, random, cut);
  for (const auto& [path, sequence] : safe) {
    if (path.ends_with("-wal")) unlink((path.substr(0, path.size() - 4) + "-shm").c_str());
  }
  return cut;
}

std::map<DiskRecord::Kind, int> CountRecords(const std::string& log) {
  std::map<DiskRecord::Kind, int> counts;
  for (const Entry& entry : Parse(::jixiao::testing::ReadFile(log))) ++counts[entry.record.kind];
  return counts;
}

std::map<std::string, int> CountStepsByFile(const std::string& log) {
  std::map<std::string, int> counts;
  for (const Entry& entry : Parse(::jixiao::testing::ReadFile(log))) {
    const DiskRecord::Kind kind = entry.record.kind;
    if (kind == DiskRecord::kWrite || kind == DiskRecord::kTruncate || kind == DiskRecord::kSync) ++counts[entry.path];
  }
  return counts;
}

}  // namespace jixiao::faults
