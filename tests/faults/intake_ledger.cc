#include "faults/intake_ledger.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "common/base/log.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake::testing {

std::set<std::pair<std::string, std::string>> LedgerRecords::Unknown() const {
  std::set<std::pair<std::string, std::string>> unknown;
  for (const auto& [request_id, intent] : intents) unknown.emplace(request_id, intent.report_digest);
  for (const auto& [request_id, receipt] : receipts) unknown.erase({request_id, receipt.report_digest});
  for (const auto& [request_id, refusal] : refusals) unknown.erase({request_id, refusal.report_digest});
  return unknown;
}

Ledger::Ledger(const std::string& path) : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
  JIXIAO_CHECK(file_ >= 0);
}

Ledger::~Ledger() { close(file_); }

void Ledger::WriteLine(const std::string& line) {
  std::unique_lock<std::mutex> lock(mutex_);
  JIXIAO_CHECK(write(file_, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  const int64_t own = ++written_lines_;
  while (flushed_lines_ < own) {
    if (is_flushing_) {
      flushed_.wait(lock);
      continue;
    }
    is_flushing_ = true;
    const int64_t reached = written_lines_;
    lock.unlock();
    JIXIAO_CHECK(fdatasync(file_) == 0);
    lock.lock();
    is_flushing_ = false;
    flushed_lines_ = reached;
    flushed_.notify_all();
  }
}

void Ledger::WriteIntent(const std::string& request_id, const std::string& report_digest,
                         std::optional<int> base_version) {
  WriteLine(fmt::format("intent {} {} {} .\n", request_id, report_digest,
                        base_version.has_value() ? std::to_string(*base_version) : "-"));
}

void Ledger::WriteReceipt(const std::string& request_id, const LedgerReceipt& receipt) {
  WriteLine(fmt::format("receipt {} {} {} .\n", request_id, receipt.submission_version, receipt.report_digest));
}

void Ledger::WriteRefusal(const std::string& request_id, const LedgerRefusal& refusal) {
  WriteLine(fmt::format("refused {} {} {} .\n", request_id, refusal.report_digest, refusal.code));
}

LedgerRecords ReadLedger(const std::string& path) {
  LedgerRecords records;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string kind, request_id, first, second, end;
    words >> kind >> request_id >> first >> second >> end;
    if (end != ".") continue;
    if (kind == "intent") {
      const auto base = second == "-" ? std::nullopt : std::optional<int>(std::atoi(second.c_str()));
      records.intents.emplace(request_id, LedgerIntent{first, base});
    } else if (kind == "receipt") {
      records.receipts.emplace(request_id, LedgerReceipt{first, second});
    } else if (kind == "refused") {
      records.refusals.emplace(request_id, LedgerRefusal{first, second});
    }
  }
  return records;
}

std::multimap<std::string, LedgerReceipt> ReadReceipts(const std::string& path) { return ReadLedger(path).receipts; }

std::vector<SubmissionRecord> AllSubmissions(SubmissionStore& store) {
  auto all = Look(store, &SubmissionReads::Submissions, ListFilter(), std::nullopt, 1'000'000);
  JIXIAO_CHECK(all.ok());
  return *std::move(all);
}

std::map<std::string, int> CountEvents(SubmissionStore& store, v1::SubmissionEvent::Action action) {
  std::map<std::string, int> counts;
  for (const SubmissionRecord& record : AllSubmissions(store)) {
    const auto events = Look(store, &SubmissionReads::Events, record.key, 0, 1'000'000);
    JIXIAO_CHECK(events.ok());
    for (const v1::SubmissionEvent& event : *events) {
      if (event.action() == action) ++counts[FormatVersionName({record.key, event.version()})];
    }
  }
  return counts;
}

}  // namespace jixiao::intake::testing
