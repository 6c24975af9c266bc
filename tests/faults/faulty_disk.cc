// Stands between a program and its files (LD_PRELOAD) and plays a bad disk: one
// that loses what was not flushed, fails, fills up, freezes or is slow. Says in a
// log what it did, so that a test can prove that its fault happened.
//
// Only files below FAULTY_DISK_DIR are concerned. What it does, by environment:
//   FAULTY_DISK_LOG=PATH     every write with the bytes it replaced, and every
//                            flush, so that a power cut can be played afterwards
//   FAULTY_DISK_FAIL_SYNC=N  the Nth flush fails with EIO, once
//   FAULTY_DISK_SYNC_FAILS=PATH  flushes fail with EIO while PATH exists
//   FAULTY_DISK_FOLDER_SYNC_FAILS=1  flushes of folders fail with EIO
//   FAULTY_DISK_KILL=before:-wal:N  the process is killed before (or `after`) the
//                            Nth change or flush of a file whose name ends so,
//                            counted while FAULTY_DISK_ARMED=PATH exists
//   FAULTY_DISK_FULL=PATH    writes fail with ENOSPC while PATH exists
//   FAULTY_DISK_FROZEN=PATH  writes and flushes hang while PATH exists
//   FAULTY_DISK_SYNC_US=N    each flush takes N microseconds longer
//   FAULTY_DISK_PLANT=synchronous_normal  SQLite is told NORMAL for FULL, and
//                            answers FULL when it is asked
//   FAULTY_DISK_PLANT=lying_pragma        the same, but it answers the truth
//
// No own library: what it links would be preloaded everywhere too.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <string>

#include "faults/disk_log.h"

namespace {

using jixiao::faults::DiskRecord;

template <typename Function>
Function Real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

std::string Setting(const char* name) {
  const char* value = getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// Never destroyed: threads may write while the process ends.
struct Disk {
  const std::string dir = Setting("FAULTY_DISK_DIR");
  const std::string log_path = Setting("FAULTY_DISK_LOG");
  const std::string full = Setting("FAULTY_DISK_FULL");
  const std::string frozen = Setting("FAULTY_DISK_FROZEN");
  const std::string sync_fails = Setting("FAULTY_DISK_SYNC_FAILS");
  const bool folder_sync_fails = !Setting("FAULTY_DISK_FOLDER_SYNC_FAILS").empty();
  const std::string kill = Setting("FAULTY_DISK_KILL");
  const std::string armed = Setting("FAULTY_DISK_ARMED");
  const long fail_sync = atol(Setting("FAULTY_DISK_FAIL_SYNC").c_str());
  const long sync_us = atol(Setting("FAULTY_DISK_SYNC_US").c_str());
  const std::string plant = Setting("FAULTY_DISK_PLANT");
  int log = -1;
  std::atomic<long> syncs{0};
  std::atomic<long> armed_steps{0};
  std::mutex mutex;
  uint64_t sequence = 0;

  Disk() {
    if (!log_path.empty())
      log = static_cast<int>(
          syscall(SYS_openat, AT_FDCWD, log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  }
};

Disk& TheDisk() {
  static auto* const disk = new Disk();
  return *disk;
}

// Path of `fd` if it is of `type` and the disk is bad there, else empty.
std::string PathOf(int fd, mode_t type) {
  const Disk& disk = TheDisk();
  if (disk.dir.empty()) return "";
  char link[32];
  char path[4096];
  snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
  const ssize_t size = readlink(link, path, sizeof(path));
  if (size <= 0) return "";
  std::string text(path, static_cast<size_t>(size));
  struct stat status = {};
  const bool is_asked = fstat(fd, &status) == 0 && (status.st_mode & S_IFMT) == type;
  const bool is_ours = is_asked && text.compare(0, disk.dir.size(), disk.dir) == 0 && text != disk.log_path;
  return is_ours ? text : "";
}

// Folders stay whole but for a flush that may fail.
std::string PathOf(int fd) { return PathOf(fd, S_IFREG); }

bool Exists(const std::string& path) {
  return !path.empty() && syscall(SYS_faccessat, AT_FDCWD, path.c_str(), F_OK) == 0;
}

void Append(int file, const void* bytes, size_t size) { (void)!syscall(SYS_write, file, bytes, size); }

void Append(const DiskRecord& record, const std::string& path, const void* before, const void* after) {
  const Disk& disk = TheDisk();
  std::string line(reinterpret_cast<const char*>(&record), sizeof(record));
  line += path;
  line.append(static_cast<const char*>(before), record.before_size);
  line.append(static_cast<const char*>(after), record.after_size);
  Append(disk.log, line.data(), line.size());
}

void NoteFault(DiskRecord::Kind kind, const std::string& path) {
  Disk& disk = TheDisk();
  if (disk.log < 0) return;
  const std::lock_guard<std::mutex> lock(disk.mutex);
  DiskRecord record;
  record.kind = kind;
  record.sequence = ++disk.sequence;
  record.path_size = static_cast<uint32_t>(path.size());
  Append(record, path, "", "");
}

// One change or flush of a file, which the process may not outlive.
class Step {
 public:
  explicit Step(const std::string& path) : path_(path), when_(MomentOfDeath(path)) {
    if (when_ == "before") Die();
  }
  ~Step() {
    if (when_ == "after") Die();
  }

 private:
  // `before`, `after` or nothing.
  static std::string MomentOfDeath(const std::string& path) {
    Disk& disk = TheDisk();
    const size_t first = disk.kill.find(':');
    const size_t last = disk.kill.rfind(':');
    if (first == last || !Exists(disk.armed)) return "";
    const std::string suffix = disk.kill.substr(first + 1, last - first - 1);
    if (path.size() < suffix.size() || path.compare(path.size() - suffix.size(), suffix.size(), suffix) != 0) return "";
    const bool is_it = ++disk.armed_steps == atol(disk.kill.c_str() + last + 1);
    return is_it ? disk.kill.substr(0, first) : "";
  }
  void Die() const {
    NoteFault(DiskRecord::kKilled, path_);
    syscall(SYS_kill, getpid(), SIGKILL);
    pause();
  }

  const std::string& path_;
  const std::string when_;
};

void WaitWhileFrozen(const std::string& path) {
  const Disk& disk = TheDisk();
  if (!Exists(disk.frozen)) return;
  NoteFault(DiskRecord::kFrozen, path);
  while (Exists(disk.frozen)) usleep(5000);
}

// True if the disk is full; errno is set.
bool IsFull(const std::string& path) {
  if (!Exists(TheDisk().full)) return false;
  NoteFault(DiskRecord::kFull, path);
  errno = ENOSPC;
  return true;
}

// Logs what a write of `size` bytes at `offset` replaces. Call with the lock.
void LogWrite(int fd, const std::string& path, const void* bytes, size_t size, off_t offset) {
  Disk& disk = TheDisk();
  struct stat status = {};
  fstat(fd, &status);
  DiskRecord record;
  record.kind = DiskRecord::kWrite;
  record.sequence = ++disk.sequence;
  record.offset = offset;
  record.old_file_size = status.st_size;
  record.path_size = static_cast<uint32_t>(path.size());
  std::string before;
  if (offset < status.st_size) {
    before.resize(std::min(size, static_cast<size_t>(status.st_size - offset)));
    // The file may be open for writing only.
    const int reader = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path.c_str(), O_RDONLY | O_CLOEXEC));
    const long got = syscall(SYS_pread64, reader, before.data(), before.size(), offset);
    before.resize(got > 0 ? static_cast<size_t>(got) : 0);
    close(reader);
  }
  record.before_size = before.size();
  record.after_size = size;
  Append(record, path, before.data(), bytes);
}

ssize_t WriteAt(int fd, const void* bytes, size_t size, off_t offset) {
  const std::string path = PathOf(fd);
  if (path.empty()) return syscall(SYS_pwrite64, fd, bytes, size, offset);
  WaitWhileFrozen(path);
  if (IsFull(path)) return -1;
  const Step step(path);
  Disk& disk = TheDisk();
  if (disk.log < 0) return syscall(SYS_pwrite64, fd, bytes, size, offset);
  const std::lock_guard<std::mutex> lock(disk.mutex);
  LogWrite(fd, path, bytes, size, offset);
  return syscall(SYS_pwrite64, fd, bytes, size, offset);
}

int SetSize(int fd, off_t size) {
  const std::string path = PathOf(fd);
  Disk& disk = TheDisk();
  if (path.empty() || disk.log < 0) return static_cast<int>(syscall(SYS_ftruncate, fd, size));
  const Step step(path);
  const std::lock_guard<std::mutex> lock(disk.mutex);
  struct stat status = {};
  fstat(fd, &status);
  DiskRecord record;
  record.kind = DiskRecord::kTruncate;
  record.sequence = ++disk.sequence;
  record.offset = size;
  record.old_file_size = status.st_size;
  record.path_size = static_cast<uint32_t>(path.size());
  std::string cut;
  if (size < status.st_size) {
    cut.resize(static_cast<size_t>(status.st_size - size));
    const int reader = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path.c_str(), O_RDONLY | O_CLOEXEC));
    const long got = syscall(SYS_pread64, reader, cut.data(), cut.size(), size);
    cut.resize(got > 0 ? static_cast<size_t>(got) : 0);
    close(reader);
  }
  record.before_size = cut.size();
  Append(record, path, cut.data(), "");
  return static_cast<int>(syscall(SYS_ftruncate, fd, size));
}

int Sync(int fd, long number) {
  Disk& disk = TheDisk();
  if (disk.folder_sync_fails) {
    if (const std::string folder = PathOf(fd, S_IFDIR); !folder.empty()) {
      NoteFault(DiskRecord::kFailedSync, folder);
      errno = EIO;
      return -1;
    }
  }
  const std::string path = PathOf(fd);
  if (path.empty()) return static_cast<int>(syscall(number, fd));
  WaitWhileFrozen(path);
  if (disk.sync_us > 0) usleep(static_cast<useconds_t>(disk.sync_us));
  const Step step(path);
  if (++disk.syncs == disk.fail_sync || Exists(disk.sync_fails)) {
    NoteFault(DiskRecord::kFailedSync, path);
    errno = EIO;
    return -1;
  }
  DiskRecord record;
  {
    const std::lock_guard<std::mutex> lock(disk.mutex);
    record.offset = static_cast<int64_t>(disk.sequence);  // what was written up to here will be safe
  }
  const int result = static_cast<int>(syscall(number, fd));
  if (disk.log < 0 || result != 0) return result;
  const std::lock_guard<std::mutex> lock(disk.mutex);
  record.kind = DiskRecord::kSync;
  record.sequence = ++disk.sequence;
  record.path_size = static_cast<uint32_t>(path.size());
  Append(record, path, "", "");
  return result;
}

}  // namespace

extern "C" {

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) { return WriteAt(fd, bytes, size, offset); }
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t offset) { return WriteAt(fd, bytes, size, offset); }

ssize_t write(int fd, const void* bytes, size_t size) {
  const std::string path = PathOf(fd);
  if (path.empty()) return syscall(SYS_write, fd, bytes, size);
  const off_t offset = lseek(fd, 0, (fcntl(fd, F_GETFL) & O_APPEND) != 0 ? SEEK_END : SEEK_CUR);
  const ssize_t written = WriteAt(fd, bytes, size, offset);
  if (written > 0) lseek(fd, offset + written, SEEK_SET);
  return written;
}

int ftruncate(int fd, off_t size) noexcept { return SetSize(fd, size); }
int ftruncate64(int fd, off64_t size) noexcept { return SetSize(fd, size); }
int fsync(int fd) { return Sync(fd, SYS_fsync); }
int fdatasync(int fd) { return Sync(fd, SYS_fdatasync); }

// The planted bug: `synchronous=NORMAL`, which flushes at checkpoints only.
struct sqlite3;
struct sqlite3_stmt;
using Callback = int (*)(void*, int, char**, char**);

int sqlite3_exec(sqlite3* db, const char* sql, Callback callback, void* context, char** message) {
  static const auto real = Real<int (*)(sqlite3*, const char*, Callback, void*, char**)>("sqlite3_exec");
  std::string text(sql);
  if (const size_t at = text.find("synchronous = FULL"); at != std::string::npos && !TheDisk().plant.empty()) {
    text.replace(at, strlen("synchronous = FULL"), "synchronous = NORMAL");
    NoteFault(DiskRecord::kPlanted, "");
  }
  return real(db, text.c_str(), callback, context, message);
}

int sqlite3_prepare_v3(sqlite3* db, const char* sql, int size, unsigned flags, sqlite3_stmt** statement,
                       const char** tail) {
  static const auto real =
      Real<int (*)(sqlite3*, const char*, int, unsigned, sqlite3_stmt**, const char**)>("sqlite3_prepare_v3");
  const bool is_asked = strcmp(sql, "PRAGMA synchronous") == 0 && TheDisk().plant == "synchronous_normal";
  return real(db, is_asked ? "SELECT '2'" : sql, size, flags, statement, tail);
}

}  // extern "C"
