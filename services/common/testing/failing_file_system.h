// For tests of embedded stores: a file system for SQLite whose flushes of the
// write-ahead log fail from a chosen moment on.
#ifndef JIXIAO_COMMON_TESTING_FAILING_FILE_SYSTEM_H_
#define JIXIAO_COMMON_TESTING_FAILING_FILE_SYSTEM_H_

#include <sqlite3.h>

#include <string>

namespace jixiao::testing {

// One for the process; the test links SQLite::SQLite3.
struct FailingFileSystem {
  static inline bool flush_fails = false;

  // Its name, for SqliteConnection::Open.
  static std::string Register() {
    static sqlite3_vfs vfs = *sqlite3_vfs_find(nullptr);
    vfs.pAppData = sqlite3_vfs_find(nullptr);
    vfs.zName = "failing";
    vfs.xOpen = Open;
    sqlite3_vfs_register(&vfs, 0);
    return vfs.zName;
  }

 private:
  static inline sqlite3_io_methods failing_methods;
  static inline const sqlite3_io_methods* real_methods = nullptr;

  static int Sync(sqlite3_file* file, int flags) {
    return flush_fails ? SQLITE_IOERR_FSYNC : real_methods->xSync(file, flags);
  }
  static int Open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* real = static_cast<sqlite3_vfs*>(vfs->pAppData);
    const int code = real->xOpen(real, name, file, flags, out_flags);
    if (code == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0) {
      real_methods = file->pMethods;
      failing_methods = *real_methods;
      failing_methods.xSync = Sync;
      file->pMethods = &failing_methods;
    }
    return code;
  }
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_FAILING_FILE_SYSTEM_H_
