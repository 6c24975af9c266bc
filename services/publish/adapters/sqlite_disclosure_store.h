// Keeps disclosures in a SQLite database of their own.
//
// WAL with synchronous=FULL, read back at start: an answer is given only after the
// commit reached disk. If the disk fails while writing, the process ends, since
// SQLite itself would go on acknowledging.
#ifndef JIXIAO_PUBLISH_ADAPTERS_SQLITE_DISCLOSURE_STORE_H_
#define JIXIAO_PUBLISH_ADAPTERS_SQLITE_DISCLOSURE_STORE_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "common/sqlite/sqlite_connection.h"
#include "common/sqlite/store_file.h"
#include "publish/core/disclosure_store.h"

namespace jixiao::publish {

class SqliteDisclosureStore : public DisclosureStore, private DisclosureReads {
 public:
  // Opens or creates the database at `path`. FAILED_PRECONDITION with a sentence
  // for the operator if it cannot be used: not durable, of another schema, in use.
  static absl::StatusOr<std::unique_ptr<SqliteDisclosureStore>> Open(const std::string& path,
                                                                     const std::string& vfs = "");

  absl::StatusOr<std::vector<DisclosureHead>> Insert(const NewDisclosure& disclosure) override;
  absl::Status Withdraw(const DisclosureKey& key, const std::string& reason, absl::Time time) override;
  absl::Status Read(const std::function<absl::Status(DisclosureReads&)>& work) override;
  int64_t Revision() const override { return revision_; }

  // OK if a row can be committed now.
  absl::Status Probe();

 private:
  SqliteDisclosureStore(std::unique_ptr<StoreLock> lock, std::unique_ptr<SqliteConnection> writer,
                        std::unique_ptr<SqliteConnection> reader)
      : lock_(std::move(lock)), writer_(std::move(writer)), reader_(std::move(reader)) {}

  // Runs `changes` in one transaction; all of them or none.
  absl::Status Write(const std::function<absl::Status()>& changes);
  absl::Status InsertRows(const NewDisclosure& disclosure);

  // Each under mutex_: what is read with one lock is of one moment.
  absl::StatusOr<std::vector<DisclosureHead>> Versions(const SubmissionKey& key) override;
  absl::StatusOr<std::string> Load(const DisclosureKey& key) override;
  absl::StatusOr<DisclosurePage> List(const ListFilter& filter) override;
  absl::StatusOr<std::vector<DivisionCount>> Count() override;

  std::mutex mutex_;
  const std::unique_ptr<StoreLock> lock_;
  const std::unique_ptr<SqliteConnection> writer_;
  // A damaged place that is read must not end the process, as on the writer.
  const std::unique_ptr<SqliteConnection> reader_;
  std::atomic<int64_t> revision_{1};
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_ADAPTERS_SQLITE_DISCLOSURE_STORE_H_
