#include "integration/intake_ledger.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <set>
#include <sstream>

#include "common/base/digest.h"
#include "common/base/log.h"
#include "common/testing/temp_dir.h"

namespace jixiao::intake::testing {
namespace {

void CheckVersions(SubmissionStore& store, const SubmissionRecord& record, std::vector<std::string>& problems) {
  const auto versions = store.ListVersions(record.key, 1'000'000, 1'000'000);
  JIXIAO_CHECK(versions.ok());
  int expected = record.submission.current_version();
  for (const VersionRecord& version : *versions) {
    if (version.key.version != expected--) problems.push_back(record.submission.name() + ": a version is missing");
  }
  if (expected != 0) problems.push_back(record.submission.name() + ": its first versions are missing");
}

void CheckEvents(SubmissionStore& store, const SubmissionRecord& record, std::vector<std::string>& problems) {
  const auto events = store.ListEvents(record.key, 0, 1'000'000);
  JIXIAO_CHECK(events.ok());
  int64_t sequence = 0;
  std::map<std::pair<int, int>, int> counts;
  for (const v1::SubmissionEvent& event : *events) {
    if (event.sequence() != ++sequence) problems.push_back(record.submission.name() + ": an event is missing");
    if (++counts[{event.version(), event.action()}] > 1) {
      problems.push_back(fmt::format("{}: version {} has {} twice", record.submission.name(), event.version(),
                                     v1::SubmissionEvent::Action_Name(event.action())));
    }
  }
  if (sequence != record.event_count) problems.push_back(record.submission.name() + ": its last events are missing");
  for (int version = 1; version <= record.submission.current_version(); ++version) {
    if (counts[{version, v1::SubmissionEvent::ACTION_SUBMITTED}] != 1) {
      problems.push_back(fmt::format("{}: version {} was not submitted once", record.submission.name(), version));
    }
  }
}

void CheckReceipt(SubmissionStore& store, const LedgerReceipt& receipt, std::vector<std::string>& problems) {
  const auto key = ParseVersionName(receipt.submission_version, "name");
  if (!key.ok()) return problems.push_back("malformed receipt: " + receipt.submission_version);
  const auto documents = store.GetDocuments(*key);
  if (!documents.ok()) {
    return problems.push_back(receipt.submission_version + ": " + std::string(documents.status().message()));
  }
  if (ContentDigest(documents->report_bytes) != receipt.report_digest) {
    problems.push_back(receipt.submission_version + ": other bytes than on the receipt");
  }
}

}  // namespace

Ledger::Ledger(const std::string& path) : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
  JIXIAO_CHECK(file_ >= 0);
}

Ledger::~Ledger() { close(file_); }

void Ledger::WriteLine(const std::string& line) {
  const std::lock_guard<std::mutex> lock(mutex_);
  JIXIAO_CHECK(write(file_, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  JIXIAO_CHECK(fdatasync(file_) == 0);
}

void Ledger::WriteIntent(const std::string& request_id, const std::string& report_digest) {
  WriteLine(fmt::format("intent {} {} .\n", request_id, report_digest));
}

void Ledger::WriteReceipt(const std::string& request_id, const LedgerReceipt& receipt) {
  WriteLine(fmt::format("receipt {} {} {} .\n", request_id, receipt.submission_version, receipt.report_digest));
}

std::multimap<std::string, LedgerReceipt> ReadReceipts(const std::string& path) {
  std::multimap<std::string, LedgerReceipt> receipts;
  std::istringstream lines(::jixiao::testing::ReadFile(path));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string kind, request_id, end;
    LedgerReceipt receipt;
    words >> kind >> request_id >> receipt.submission_version >> receipt.report_digest >> end;
    if (kind == "receipt" && end == ".") receipts.emplace(request_id, receipt);
  }
  return receipts;
}

std::vector<SubmissionRecord> AllSubmissions(SubmissionStore& store) {
  auto all = store.ListSubmissions({}, std::nullopt, 1'000'000);
  JIXIAO_CHECK(all.ok());
  return *std::move(all);
}

std::map<std::string, int> CountEvents(SubmissionStore& store, v1::SubmissionEvent::Action action) {
  std::map<std::string, int> counts;
  for (const SubmissionRecord& record : AllSubmissions(store)) {
    const auto events = store.ListEvents(record.key, 0, 1'000'000);
    JIXIAO_CHECK(events.ok());
    for (const v1::SubmissionEvent& event : *events) {
      if (event.action() == action) ++counts[FormatVersionName({record.key, event.version()})];
    }
  }
  return counts;
}

std::vector<std::string> ProblemsWith(SubmissionStore& store,
                                      const std::multimap<std::string, LedgerReceipt>& receipts) {
  std::vector<std::string> problems;
  std::map<std::string, std::set<std::string>> versions_by_request;
  for (const auto& [request_id, receipt] : receipts) {
    CheckReceipt(store, receipt, problems);
    versions_by_request[request_id].insert(receipt.submission_version);
  }
  for (const auto& [request_id, versions] : versions_by_request) {
    if (versions.size() > 1) problems.push_back(request_id + ": one request made two versions");
  }
  for (const SubmissionRecord& record : AllSubmissions(store)) {
    CheckVersions(store, record, problems);
    CheckEvents(store, record, problems);
  }
  return problems;
}

}  // namespace jixiao::intake::testing
