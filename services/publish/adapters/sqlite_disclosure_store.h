// Keeps disclosures in a SQLite database of their own.
//
// One connection behind a mutex: Debian's SQLite has the WAL-reset bug, which
// needs two. WAL with synchronous=FULL, read back at start: an answer is given
// only after the commit reached disk. After a failed disk sync the process ends,
// since SQLite itself would go on acknowledging.
#ifndef JIXIAO_PUBLISH_ADAPTERS_SQLITE_DISCLOSURE_STORE_H_
#define JIXIAO_PUBLISH_ADAPTERS_SQLITE_DISCLOSURE_STORE_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "publish/core/disclosure_store.h"

struct sqlite3;
struct sqlite3_stmt;

namespace jixiao::publish {

class SqliteDisclosureStore : public DisclosureStore, private DisclosureReads {
 public:
  // Opens or creates the database at `path`. FAILED_PRECONDITION with a sentence
  // for the operator if it cannot be used: not durable, newer schema, in use.
  static absl::StatusOr<std::unique_ptr<SqliteDisclosureStore>> Open(const std::string& path);

  ~SqliteDisclosureStore() override;

  absl::StatusOr<std::vector<DisclosureHead>> Insert(const NewDisclosure& disclosure) override;
  absl::Status Withdraw(const DisclosureKey& key, const std::string& reason, absl::Time time) override;
  absl::Status Read(const std::function<absl::Status(DisclosureReads&)>& work) override;
  int64_t Revision() const override { return revision_; }

  // OK if a row can be committed now.
  absl::Status Probe();

 private:
  explicit SqliteDisclosureStore(sqlite3* database) : database_(database) {}

  absl::Status Prepare();
  absl::Status InsertLocked(const NewDisclosure& disclosure);

  // Each under mutex_: what is read with one lock is of one moment.
  absl::StatusOr<std::vector<DisclosureHead>> Versions(const SubmissionKey& key) override;
  absl::StatusOr<std::string> Load(const DisclosureKey& key) override;
  absl::StatusOr<DisclosurePage> List(const ListFilter& filter) override;
  absl::StatusOr<std::vector<DivisionCount>> Count() override;

  std::mutex mutex_;
  sqlite3* const database_;
  std::atomic<int64_t> revision_{1};
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_ADAPTERS_SQLITE_DISCLOSURE_STORE_H_
