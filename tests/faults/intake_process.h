// The real jixiao-intake as a process that stays the same over restarts: its
// port, its store, who may call it. It may run on a bad disk.
#ifndef JIXIAO_TESTS_FAULTS_INTAKE_PROCESS_H_
#define JIXIAO_TESTS_FAULTS_INTAKE_PROCESS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/testing/child_process.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_identities.h"
#include "faults/ledger_check.h"

namespace jixiao::faults {

struct IntakeOptions {
  std::string binary = "jixiao-intake";
  std::string store = {};  // as --store; empty: SQLite in a folder of its own
  std::string scoring = "127.0.0.1:1";
  std::string publish = "127.0.0.1:1";
  std::vector<std::string> flags = {};   // besides
  std::vector<std::string> faults = {};  // FAULTY_DISK_…=…, for the folder of the store
  // Shared by instances that one client calls; null: its own.
  std::shared_ptr<const ::jixiao::testing::TestIdentities> identities = nullptr;
};

class IntakeProcess {
 public:
  explicit IntakeProcess(IntakeOptions options = {});

  // Waits until it serves.
  void Start();
  // Only starts the process.
  void Launch();
  void Kill();
  // Its exit code after SIGTERM.
  int Stop();
  ::jixiao::testing::ChildProcess& process() { return *process_; }

  // Calls Health.Check once: 1 serving, 2 not serving, 0 no answer.
  int Health(absl::Duration timeout = absl::Milliseconds(500)) const;

  int port() const { return port_; }
  std::string address() const;
  std::string Token(const std::string& subject = "system/budget") const { return identities_->Token(subject); }
  // How it is started, without the bad disk.
  std::vector<std::string> Arguments() const;

  // A name in a folder that the bad disk spares, and one in the store's folder.
  std::string File(const std::string& name) const { return home_.File(name); }
  std::string store_path() const { return home_.File("store/intake.db"); }
  std::string disk_log() const { return home_.File("disk.log"); }
  // What faults may be started and ended with: FAULTY_DISK_FROZEN=… and the like.
  void SetFaults(std::vector<std::string> faults) { options_.faults = std::move(faults); }
  // What it is from the next start on.
  void SetBinary(const std::string& binary) { options_.binary = binary; }

  // Through the API, while it runs; as an auditor.
  CheckResult VerifyByApi(const intake::testing::LedgerRecords& ledger) const;
  // In the SQLite file, after it ended.
  CheckResult VerifyFile(const intake::testing::LedgerRecords& ledger) const;

 private:
  const ::jixiao::testing::TempDir home_;
  IntakeOptions options_;
  const std::shared_ptr<const ::jixiao::testing::TestIdentities> identities_;
  const int port_;
  std::unique_ptr<::jixiao::testing::ChildProcess> process_;
};

}  // namespace jixiao::faults

#endif  // JIXIAO_TESTS_FAULTS_INTAKE_PROCESS_H_
