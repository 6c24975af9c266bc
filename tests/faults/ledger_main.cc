// `jixiao-ledger file` files reports with a running intake and writes down what
// it intends and what it was answered; `jixiao-ledger verify` holds a running
// intake, or a SQLite store at rest, against that. See README.md.
#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/time/clock.h"
#include "common/base/digest.h"
#include "common/base/text.h"
#include "faults/filing_load.h"
#include "faults/ledger_check.h"
#include "intake/adapters/sqlite/sqlite_reader.h"

ABSL_FLAG(std::string, ledger, "", "File of intents, receipts and refusals; `file` adds to it, `verify` reads it.");
ABSL_FLAG(std::vector<std::string>, server, {}, "Instances of intake, host:port,host:port; `verify` asks the first.");
ABSL_FLAG(std::string, store, "", "`verify`: SQLite file instead of a server; of a process that has ended.");
ABSL_FLAG(std::string, token_file, "", "File with a token: of who may file, or of an auditor.");
ABSL_FLAG(std::string, ca, "", "Authority of the server's certificate; without it plaintext, on this machine only.");
ABSL_FLAG(std::string, cert, "", "Own certificate.");
ABSL_FLAG(std::string, key, "", "Its key.");
ABSL_FLAG(int32_t, clients, 4, "Clients that file at the same time.");
ABSL_FLAG(int32_t, submissions, 25, "Submissions of each client.");
ABSL_FLAG(int32_t, versions, 3, "Versions of each submission.");
ABSL_FLAG(int32_t, rate, 0, "Filings a second of all clients; 0: as fast as answers come.");
ABSL_FLAG(int32_t, duplicates, 0, "Each filing is sent this many times more at the same time.");
ABSL_FLAG(bool, unruly, false, "Also versions out of order, stale bases, old requests again, request ids used again.");
ABSL_FLAG(absl::Duration, call_timeout, absl::Seconds(2), "Deadline of each call.");
ABSL_FLAG(absl::Duration, patience, absl::Minutes(5), "How long a filing is repeated before it is left unknown.");
ABSL_FLAG(std::string, division, "430611", "Division of the made-up units.");
ABSL_FLAG(int32_t, year, 2024, "Fiscal year.");
ABSL_FLAG(std::string, prefix, "", "Begins unit codes and request ids; empty: a new one.");
ABSL_FLAG(bool, unchained_histories, false, "`verify`: the store has histories from before its audit log.");

namespace jixiao::faults {
namespace {

enum ExitCode { kOk = 0, kProblems = 1, kUsage = 2, kRefused = 3 };

int Complain(const std::string& problem) {
  fmt::print(stderr, "{}\n", problem);
  return kUsage;
}

std::string Token() {
  std::ifstream file(absl::GetFlag(FLAGS_token_file));
  return std::string(Trim(std::string(std::istreambuf_iterator<char>(file), {})));
}

TlsFiles Tls() {
  return {.cert = absl::GetFlag(FLAGS_cert), .key = absl::GetFlag(FLAGS_key), .ca = absl::GetFlag(FLAGS_ca)};
}

LoadOptions OptionsFromFlags() {
  LoadOptions options;
  options.servers = absl::GetFlag(FLAGS_server);
  options.tls = Tls();
  if (const std::string token = Token(); !token.empty()) options.tokens = {token};
  options.clients = absl::GetFlag(FLAGS_clients);
  options.submissions = absl::GetFlag(FLAGS_submissions);
  options.versions = absl::GetFlag(FLAGS_versions);
  options.per_second = absl::GetFlag(FLAGS_rate);
  options.duplicates = absl::GetFlag(FLAGS_duplicates);
  options.is_unruly = absl::GetFlag(FLAGS_unruly);
  options.call_timeout = absl::GetFlag(FLAGS_call_timeout);
  options.patience = absl::GetFlag(FLAGS_patience);
  options.division_code = absl::GetFlag(FLAGS_division);
  options.fiscal_year = absl::GetFlag(FLAGS_year);
  options.prefix = absl::GetFlag(FLAGS_prefix);
  if (options.prefix.empty()) options.prefix = "D" + RandomHex(4);
  return options;
}

int File() {
  const LoadOptions options = OptionsFromFlags();
  if (options.servers.empty()) return Complain("--server is missing");
  intake::testing::Ledger ledger(absl::GetFlag(FLAGS_ledger));
  FilingLoad load(options, ledger);
  const absl::Time start = absl::Now();
  load.Run();
  const int64_t milliseconds = std::max<int64_t>(1, absl::ToInt64Milliseconds(absl::Now() - start));
  const LoadCounts& counts = load.counts();
  fmt::print("prefix={} OK={} REFUSED={} UNKNOWN={} repeated={} shed={} ms={} per_second={}\n", options.prefix,
             counts.accepted.load(), counts.refused.load(), counts.unknown.load(), counts.repeated.load(),
             counts.shed.load(), milliseconds, counts.accepted.load() * int64_t{1000} / milliseconds);
  if (const std::string refusal = load.last_refusal(); !refusal.empty()) fmt::print(stderr, "{}\n", refusal);
  if (counts.accepted == 0) return kRefused;
  return counts.unknown == 0 ? kOk : kProblems;
}

bool IsStore(const std::string& path) {
  const auto connection = SqliteConnection::Open(path, SqliteConnection::Mode::kReadOnly, "");
  if (!connection.ok() || !(*connection)->Execute("SELECT 1 FROM sqlite_schema").ok()) return false;
  const auto tables = (*connection)->QueryText("SELECT count(*) FROM sqlite_schema WHERE name = 'audit_heads'");
  return tables.ok() && *tables == "1";
}

absl::StatusOr<CheckResult> VerifyStore(const intake::testing::LedgerRecords& ledger, const CheckOptions& options) {
  const std::string path = absl::GetFlag(FLAGS_store);
  if (!path.empty()) {
    if (!IsStore(path)) return absl::NotFoundError(path + " is no store of intake");
    JIXIAO_ASSIGN_OR_RETURN(const auto reader, intake::SqliteReader::Open(path, ""));
    DirectView<intake::SqliteReader> view(*reader);
    return CheckStore(view, ledger, options);
  }
  cli::ServiceClient client(absl::GetFlag(FLAGS_server).front(), absl::Seconds(30), {.tls = Tls(), .token = Token()});
  ApiView view(client);
  return CheckStore(view, ledger, options);
}

int Verify() {
  if (absl::GetFlag(FLAGS_server).empty() == absl::GetFlag(FLAGS_store).empty()) {
    return Complain("give either --server or --store");
  }
  const auto ledger = intake::testing::ReadLedger(absl::GetFlag(FLAGS_ledger));
  const auto result = VerifyStore(ledger, {.has_unchained_histories = absl::GetFlag(FLAGS_unchained_histories)});
  if (!result.ok()) {
    fmt::print(stderr, "cannot read: {}\n", std::string(result.status().message()));
    return kRefused;
  }
  for (const std::string& problem : result->problems) fmt::print("{}\n", problem);
  const CheckCounts& counts = result->counts;
  fmt::print(
      "problems={} receipts={} refusals={} unknown={} unknown_stored={} submissions={} versions={} events={} "
      "audit_entries={}\n",
      result->problems.size(), counts.receipts, counts.refusals, counts.unknown, counts.unknown_stored,
      counts.submissions, counts.versions, counts.events, counts.audit_entries);
  return result->problems.empty() ? kOk : kProblems;
}

}  // namespace
}  // namespace jixiao::faults

int main(int argc, char** argv) {
  using namespace jixiao::faults;  // NOLINT: a main is a table of contents
  absl::SetProgramUsageMessage(
      "jixiao-ledger file --server A --token_file T --ledger L …   files, and writes down what was answered\n"
      "jixiao-ledger verify --ledger L (--server A --token_file T | --store PATH)   looks for what is missing or "
      "twice");
  const std::vector<char*> words = absl::ParseCommandLine(argc, argv);
  const std::string command = words.size() == 2 ? words[1] : "";
  if (absl::GetFlag(FLAGS_ledger).empty()) return Complain("--ledger is missing");
  if (command == "file") return File();
  if (command == "verify") return Verify();
  return Complain("say `file` or `verify`; --help explains");
}
