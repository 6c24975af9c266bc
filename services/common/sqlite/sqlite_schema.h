// For any service with an embedded store: the schema of a SQLite database, its
// version, and the settings that durability stands on.
#ifndef JIXIAO_COMMON_SQLITE_SQLITE_SCHEMA_H_
#define JIXIAO_COMMON_SQLITE_SQLITE_SCHEMA_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/sqlite/sqlite_connection.h"

namespace jixiao {

// Version `first_version` is what `tables` makes in an empty file; each step brings
// a store from one version to the next. Neither is edited once it was released;
// steps are appended.
struct SqliteSchema {
  const char* service;     // whose store it is, for people
  int64_t application_id;  // tells a store of the service from any other SQLite file
  int first_version;
  const char* tables;
  std::vector<const char*> steps = {};

  int version() const { return first_version + static_cast<int>(steps.size()); }
};

// Sets WAL, synchronous=FULL and foreign keys on the writing connection and reads
// them back. The log is not moved into the database but by Checkpoint.
// FAILED_PRECONDITION (reason STORE_NOT_DURABLE) if one of them did not take:
// nothing may be acknowledged on such a store.
absl::Status ConfigureWriter(SqliteConnection& connection);

// Brings the tables to the version of `schema`, forward only, each step in one
// transaction. FAILED_PRECONDITION if the file is
//   no store of the service  STORE_FOREIGN
//   from a newer program     STORE_TOO_NEW
//   older than all steps     STORE_TOO_OLD
// DATA_LOSS (reason STORE_CORRUPT) if rows of it belong to nothing. A store that is
// refused stays as it is.
absl::Status BringUpToDate(const SqliteSchema& schema, SqliteConnection& connection);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_SQLITE_SQLITE_SCHEMA_H_
