#include "publish/adapters/sqlite_disclosure_store.h"

#include <fmt/format.h>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/sqlite/sqlite_schema.h"
#include "common/sqlite/sqlite_statement.h"
#include "publish/core/errors.h"

namespace jixiao::publish {
namespace {

using State = v1::Disclosure::State;

// The key starts with the division, so that the table can be distributed by it.
// `one_current` is the guarantee behind invariant 2, whatever the code does.
constexpr char kTables[] = R"sql(
CREATE TABLE disclosures (
  division_code TEXT NOT NULL,
  local_name TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  fiscal_year INTEGER NOT NULL,
  state INTEGER NOT NULL,
  publish_time INTEGER NOT NULL,
  request_digest TEXT NOT NULL,
  disclosure_digest TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  project_name TEXT NOT NULL,
  claimed_milli INTEGER,
  supported_low_milli INTEGER,
  supported_high_milli INTEGER,
  blocks_count INTEGER NOT NULL,
  explain_count INTEGER NOT NULL,
  note_count INTEGER NOT NULL,
  withdraw_reason TEXT,
  withdraw_time INTEGER,
  disclosure BLOB,
  PRIMARY KEY (division_code, local_name, version)
) STRICT;
CREATE UNIQUE INDEX one_current ON disclosures (division_code, local_name) WHERE state = 1;
CREATE INDEX current_by_year ON disclosures (fiscal_year DESC, division_code, local_name) WHERE state = 1;
CREATE TABLE probe (id INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
)sql";

// `JXPB`.
const SqliteSchema kSchema = {"publish", 0x4A585042, 1, kTables};

// Pages of the log, 8 KB each, after which it is moved into the database.
constexpr int kMaxLogPages = 1000;

#define JIXIAO_HEAD_COLUMNS                                                                                 \
  "division_code, local_name, version, state, publish_time, request_digest, disclosure_digest, unit_name, " \
  "project_name, claimed_milli, supported_low_milli, supported_high_milli, blocks_count, explain_count, "   \
  "note_count, withdraw_reason, withdraw_time"

std::optional<int64_t> OptionalNumber(SqliteStatement& row, int column) {
  return row.IsNull(column) ? std::nullopt : std::optional(row.Number(column));
}

void Bind(SqliteStatement& statement, const std::optional<int64_t>& number) {
  if (number) {
    statement.Bind(*number);
  } else {
    statement.BindNull();
  }
}

absl::StatusOr<DisclosureHead> ReadHead(SqliteStatement& row) {
  DisclosureHead head;
  const auto key = ParseLocalName(row.Text(0), row.Text(1));
  if (!key) return MakeError(absl::StatusCode::kDataLoss, "STORE_DAMAGED", "store: broken name " + row.Text(1));
  head.key = {*key, static_cast<int>(row.Number(2))};
  head.state = static_cast<State>(row.Number(3));
  head.publish_time = absl::FromUnixSeconds(row.Number(4));
  head.request_digest = row.Text(5);
  head.disclosure_digest = row.Text(6);
  head.summary.unit_name = row.Text(7);
  head.summary.project_name = row.Text(8);
  head.summary.claimed_milli = OptionalNumber(row, 9);
  head.summary.supported_low_milli = OptionalNumber(row, 10);
  head.summary.supported_high_milli = OptionalNumber(row, 11);
  head.summary.blocks_count = static_cast<int>(row.Number(12));
  head.summary.explain_count = static_cast<int>(row.Number(13));
  head.summary.note_count = static_cast<int>(row.Number(14));
  head.withdraw_reason = row.Text(15);
  head.withdraw_time = absl::FromUnixSeconds(row.Number(16));
  return head;
}

// Position in a list: `{year}:{division}:{local name}`.
std::string PositionOf(const DisclosureHead& head) {
  return fmt::format("{}:{}:{}", head.key.submission.fiscal_year, head.key.submission.division_code,
                     LocalName(head.key.submission));
}

struct Position {
  int64_t year = 9999;
  std::string division;
  std::string local_name;
};

Position ParsePosition(const std::string& text) {
  const size_t first = text.find(':');
  const size_t second = first == std::string::npos ? first : text.find(':', first + 1);
  if (second == std::string::npos) return {};
  return {std::strtoll(text.c_str(), nullptr, 10), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteDisclosureStore>> SqliteDisclosureStore::Open(const std::string& path,
                                                                                   const std::string& vfs) {
  using Mode = SqliteConnection::Mode;
  JIXIAO_ASSIGN_OR_RETURN(auto lock, StoreLock::Acquire(path));
  CreatePrivateFile(path);
  JIXIAO_ASSIGN_OR_RETURN(auto writer, SqliteConnection::Open(path, Mode::kReadWrite, vfs));
  JIXIAO_RETURN_IF_ERROR(ConfigureWriter(*writer));
  JIXIAO_RETURN_IF_ERROR(writer->Execute("PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;"));
  JIXIAO_RETURN_IF_ERROR(BringUpToDate(kSchema, *writer));
  JIXIAO_ASSIGN_OR_RETURN(auto reader, SqliteConnection::Open(path, Mode::kReadOnly, vfs));
  JIXIAO_RETURN_IF_ERROR(SyncFolderOf(path));
  writer->EndProcessOnIoError();
  return std::unique_ptr<SqliteDisclosureStore>(
      new SqliteDisclosureStore(std::move(lock), std::move(writer), std::move(reader)));
}

absl::Status SqliteDisclosureStore::Write(const std::function<absl::Status()>& changes) {
  JIXIAO_RETURN_IF_ERROR(writer_->Execute("BEGIN IMMEDIATE"));
  absl::Status written = changes();
  if (written.ok()) written = writer_->Execute("COMMIT");
  if (!written.ok() && !writer_->IsIdle()) writer_->Execute("ROLLBACK").IgnoreError();
  if (written.ok() && writer_->log_pages() >= kMaxLogPages) writer_->Checkpoint().IgnoreError();
  return written;
}

absl::Status SqliteDisclosureStore::Read(const std::function<absl::Status(DisclosureReads&)>& work) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return work(*this);
}

absl::StatusOr<std::vector<DisclosureHead>> SqliteDisclosureStore::Versions(const SubmissionKey& key) {
  SqliteStatement rows(*reader_, "SELECT " JIXIAO_HEAD_COLUMNS
                                 " FROM disclosures WHERE division_code = ? AND local_name = ? ORDER BY version DESC");
  const std::string local_name = LocalName(key);
  rows.Start().Bind(key.division_code).Bind(local_name);
  std::vector<DisclosureHead> heads;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, rows.Step());
    if (!has_row) return heads;
    JIXIAO_ASSIGN_OR_RETURN(DisclosureHead head, ReadHead(rows));
    heads.push_back(std::move(head));
  }
}

absl::Status SqliteDisclosureStore::InsertRows(const NewDisclosure& disclosure) {
  const DisclosureHead& head = disclosure.head;
  const SubmissionKey& key = head.key.submission;
  const std::string local_name = LocalName(key);
  SqliteStatement correct(*writer_,
                          "UPDATE disclosures SET state = ? WHERE division_code = ? AND local_name = ? AND state = ?");
  correct.Start().Bind(v1::Disclosure::STATE_CORRECTED).Bind(key.division_code).Bind(local_name);
  JIXIAO_RETURN_IF_ERROR(correct.Bind(v1::Disclosure::STATE_CURRENT).Run());
  SqliteStatement insert(*writer_, "INSERT INTO disclosures (" JIXIAO_HEAD_COLUMNS
                                   ", fiscal_year, disclosure) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  insert.Start().Bind(key.division_code).Bind(local_name).Bind(head.key.version).Bind(v1::Disclosure::STATE_CURRENT);
  insert.Bind(absl::ToUnixSeconds(head.publish_time)).Bind(head.request_digest).Bind(head.disclosure_digest);
  insert.Bind(head.summary.unit_name).Bind(head.summary.project_name);
  Bind(insert, head.summary.claimed_milli);
  Bind(insert, head.summary.supported_low_milli);
  Bind(insert, head.summary.supported_high_milli);
  insert.Bind(head.summary.blocks_count).Bind(head.summary.explain_count).Bind(head.summary.note_count);
  return insert.BindNull().BindNull().Bind(key.fiscal_year).BindBlob(disclosure.bytes).Run();
}

absl::StatusOr<std::vector<DisclosureHead>> SqliteDisclosureStore::Insert(const NewDisclosure& disclosure) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const DisclosureKey& key = disclosure.head.key;
  JIXIAO_ASSIGN_OR_RETURN(std::vector<DisclosureHead> versions, Versions(key.submission));
  if (const DisclosureHead* existing = FindVersion(versions, key.version)) {
    if (existing->request_digest == disclosure.head.request_digest) return versions;
    return PublishedWithOtherBytes(FormatDisclosureName(key));
  }
  if (!versions.empty() && versions.front().key.version > key.version) {
    return OlderVersion(key.version, versions.front().key.version);
  }
  JIXIAO_RETURN_IF_ERROR(Write([&] { return InsertRows(disclosure); }));
  ++revision_;
  for (DisclosureHead& former : versions) {
    if (former.state == v1::Disclosure::STATE_CURRENT) former.state = v1::Disclosure::STATE_CORRECTED;
  }
  versions.insert(versions.begin(), disclosure.head)->state = v1::Disclosure::STATE_CURRENT;
  return versions;
}

absl::Status SqliteDisclosureStore::Withdraw(const DisclosureKey& key, const std::string& reason, absl::Time time) {
  const std::lock_guard<std::mutex> lock(mutex_);
  JIXIAO_ASSIGN_OR_RETURN(const std::vector<DisclosureHead> versions, Versions(key.submission));
  const DisclosureHead* head = FindVersion(versions, key.version);
  if (head == nullptr) return NoSuchDisclosure(FormatDisclosureName(key));
  if (head->state == v1::Disclosure::STATE_WITHDRAWN) return absl::OkStatus();
  const std::string local_name = LocalName(key.submission);
  SqliteStatement withdraw(*writer_,
                           "UPDATE disclosures SET state = ?, withdraw_reason = ?, withdraw_time = ?, "
                           "disclosure = NULL WHERE division_code = ? AND local_name = ? AND version = ?");
  withdraw.Start().Bind(v1::Disclosure::STATE_WITHDRAWN).Bind(reason).Bind(absl::ToUnixSeconds(time));
  withdraw.Bind(key.submission.division_code).Bind(local_name).Bind(key.version);
  JIXIAO_RETURN_IF_ERROR(Write([&] { return withdraw.Run(); }));
  ++revision_;
  return absl::OkStatus();
}

absl::StatusOr<std::string> SqliteDisclosureStore::Load(const DisclosureKey& key) {
  SqliteStatement row(*reader_,
                      "SELECT disclosure, disclosure_digest FROM disclosures WHERE division_code = ? AND "
                      "local_name = ? AND version = ?");
  const std::string local_name = LocalName(key.submission);
  row.Start().Bind(key.submission.division_code).Bind(local_name).Bind(key.version);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, row.Step());
  if (!has_row || row.IsNull(0)) return NoSuchDisclosure(FormatDisclosureName(key));
  std::string bytes = row.Text(0);
  if (ContentDigest(bytes) != row.Text(1)) return StoredBytesDamaged(FormatDisclosureName(key));
  return bytes;
}

absl::StatusOr<DisclosurePage> SqliteDisclosureStore::List(const ListFilter& filter) {
  const Position after = ParsePosition(filter.after);
  SqliteStatement rows(
      *reader_, "SELECT " JIXIAO_HEAD_COLUMNS
                " FROM disclosures WHERE state = 1 AND (? IS NULL OR fiscal_year = ?) AND "
                "substr(division_code, 1, ?) = ? AND (? = '' OR instr(unit_name, ?) > 0 OR instr(project_name, ?) > 0) "
                "AND (fiscal_year < ? OR (fiscal_year = ? AND (division_code, local_name) > (?, ?))) "
                "ORDER BY fiscal_year DESC, division_code, local_name LIMIT ?");
  const auto year = filter.fiscal_year ? std::optional<int64_t>(*filter.fiscal_year) : std::nullopt;
  rows.Start();
  Bind(rows, year);
  Bind(rows, year);
  rows.Bind(static_cast<int64_t>(filter.division_prefix.size())).Bind(filter.division_prefix);
  rows.Bind(filter.text).Bind(filter.text).Bind(filter.text);
  rows.Bind(after.year).Bind(after.year).Bind(after.division).Bind(after.local_name).Bind(filter.limit + 1);
  DisclosurePage page;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, rows.Step());
    if (!has_row) return page;
    if (static_cast<int>(page.heads.size()) == filter.limit) {
      page.next = PositionOf(page.heads.back());
      return page;
    }
    JIXIAO_ASSIGN_OR_RETURN(DisclosureHead head, ReadHead(rows));
    page.heads.push_back(std::move(head));
  }
}

absl::StatusOr<std::vector<DivisionCount>> SqliteDisclosureStore::Count() {
  SqliteStatement rows(*reader_,
                       "SELECT fiscal_year, division_code, count(*) FROM disclosures WHERE state = 1 "
                       "GROUP BY fiscal_year, division_code ORDER BY fiscal_year DESC, division_code");
  rows.Start();
  std::vector<DivisionCount> counts;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, rows.Step());
    if (!has_row) return counts;
    counts.push_back({static_cast<int>(rows.Number(0)), rows.Text(1), rows.Number(2)});
  }
}

absl::Status SqliteDisclosureStore::Probe() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return Write([this] {
    return writer_->Execute(
        "INSERT INTO probe (id, count) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1");
  });
}

}  // namespace jixiao::publish
