// The three real services with the real command line, as an operator starts
// them: on free ports, with data in a folder of its own.
#ifndef JIXIAO_TESTS_E2E_PLATFORM_H_
#define JIXIAO_TESTS_E2E_PLATFORM_H_

#include <signal.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/testing/child_process.h"
#include "common/testing/temp_dir.h"

namespace jixiao::testing {

// What a finished program said.
struct Finished {
  int exit_code = -1;
  std::string output;  // standard output and errors
};

// Runs `argv` (argv[0] is a path) to its end; exit code -1 after `timeout`.
Finished RunToEnd(std::vector<std::string> argv, absl::Duration timeout = absl::Seconds(60));

// An answer of the public pages.
struct HttpAnswer {
  int status = 0;
  std::string headers;
  std::string body;
};

class Platform {
 public:
  Platform();

  // `http://127.0.0.1:{port}`.
  const std::string& page_base() const { return page_base_; }

  // `127.0.0.1:{port}`.
  std::string scoring_address() const;

  // What makes a command ask scoring, as intake does: its address and intake's
  // certificate.
  std::vector<std::string> ScoringWords() const;

  // `jixiao WORDS… --server …` as somebody who may: the budget system submits, the
  // unit's clerk explains, the season manager keeps seasons, the auditor reads the
  // audit log, and the province's reviewer does the rest. Words with a --token-file
  // keep it.
  Finished Jixiao(std::vector<std::string> words) const;
  // The same as a command line, for a process of its own.
  std::vector<std::string> JixiaoCommand(std::vector<std::string> words) const;

  // The same with `--format json`; EXPECTs success and gives the JSON line.
  std::string JixiaoJson(std::vector<std::string> words) const;

  HttpAnswer Get(const std::string& path, const std::vector<std::string>& headers = {}) const;

  void KillScoring() { scoring_->Signal(SIGKILL); }
  void RestartScoring();

  // SIGTERM to all; exit codes of intake, publish, scoring.
  std::vector<int> Stop();

  // Token of a development identity: `clerk`, `clerk2`, `county`, `city`, `province`,
  // `manager`, `auditor`, `budget`.
  std::string TokenFile(const std::string& name) const;

  // Log lines of all services.
  std::string Logs() const;

 private:
  // A service with its certificate.
  std::unique_ptr<ChildProcess> Start(const std::string& service, std::vector<std::string> flags);

  TempDir dir_;
  int scoring_port_;
  std::unique_ptr<ChildProcess> scoring_;
  std::unique_ptr<ChildProcess> publish_;
  std::unique_ptr<ChildProcess> intake_;
  std::string intake_address_;
  std::string page_base_;
};

// A sample of tests/testdata/samples with its line of the manifest.
struct Sample {
  std::string path;
  std::string unit_code;
  std::string division_code;
  std::string request_id;
};

std::vector<Sample> Samples();

// Value of a field of protobuf JSON with a text or number value, by its first
// occurrence; empty if there is none.
std::string JsonField(const std::string& json, const std::string& key);

}  // namespace jixiao::testing

#endif  // JIXIAO_TESTS_E2E_PLATFORM_H_
