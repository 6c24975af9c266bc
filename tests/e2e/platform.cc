#include "e2e/platform.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace jixiao::testing {
namespace {

std::string Loopback(int port) { return fmt::format("127.0.0.1:{}", port); }

// Port that `process` logs as `event`; ends the test with the log if it does not.
int PortOf(ChildProcess& process, const char* event) {
  const auto port = process.LoggedNumber(event, "port");
  if (!port.has_value()) {
    ADD_FAILURE() << "a service does not serve:\n" << process.Output();
    std::abort();
  }
  return *port;
}

// The development identity that may do what a command of the client does.
const char* WhoMay(const std::vector<std::string>& words) {
  const std::string& command = words.front();
  if (command.starts_with("submit")) return "budget";
  if (command == "season" || command == "roster" || command == "progress") return "manager";
  if (command == "audit") return "auditor";
  if (command == "explain") return words[1].find("430611") != std::string::npos ? "clerk" : "clerk2";
  return "province";
}

}  // namespace

Finished RunToEnd(std::vector<std::string> argv, absl::Duration timeout) {
  ChildProcess process(std::move(argv));
  const int exit_code = process.WaitForExit(timeout).value_or(-1);
  return {exit_code, process.Output()};
}

Platform::Platform() : scoring_port_(FreePort()) {
  const Finished made =
      RunToEnd({"/bin/bash", SourcePath("tools/dev/make_identities.sh"), dir_.File("identity"), BinaryPath("jixiao")});
  EXPECT_EQ(made.exit_code, 0) << made.output;
  RestartScoring();
  publish_ = Start("publish",
                   {"--listen=127.0.0.1:0", "--http_listen=127.0.0.1:0", "--store=sqlite:" + dir_.File("publish.db"),
                    "--divisions=" + SourcePath("rulesets/divisions.textproto")});
  const int publish_port = PortOf(*publish_, "serving");
  page_base_ = "http://" + Loopback(PortOf(*publish_, "pages_served"));
  const std::string identity = dir_.File("identity");
  intake_ = Start("intake",
                  {"--listen=127.0.0.1:0", "--store=sqlite:" + dir_.File("intake.db"),
                   "--calendar=" + SourcePath("rulesets/calendar/working_days.textproto"),
                   "--rulesets=" + SourcePath("rulesets"), "--seasons=optional", "--scoring=" + Loopback(scoring_port_),
                   "--publish=" + Loopback(publish_port), "--peer_ca=" + identity + "/ca.pem",
                   "--client_cert=" + identity + "/intake.pem", "--client_key=" + identity + "/intake.key",
                   "--jwks=" + identity + "/jwks.json", "--identities=" + identity + "/identities.textproto"});
  intake_address_ = Loopback(PortOf(*intake_, "serving"));
}

std::unique_ptr<ChildProcess> Platform::Start(const std::string& service, std::vector<std::string> flags) {
  const std::string identity = dir_.File("identity");
  flags.insert(flags.begin(),
               {BinaryPath("jixiao-" + service), "--metrics_listen=none", "--drain_pause=0s",
                fmt::format("--tls_cert={}/{}.pem", identity, service),
                fmt::format("--tls_key={}/{}.key", identity, service), fmt::format("--client_ca={}/ca.pem", identity)});
  return std::make_unique<ChildProcess>(std::move(flags));
}

std::string Platform::TokenFile(const std::string& name) const { return dir_.File("identity/" + name + ".token"); }

void Platform::RestartScoring() {
  scoring_ = Start("scoring", {"--listen=" + Loopback(scoring_port_), "--rulesets=" + SourcePath("rulesets")});
  PortOf(*scoring_, "serving");
}

std::string Platform::scoring_address() const { return Loopback(scoring_port_); }

std::vector<std::string> Platform::ScoringWords() const {
  return {"--scoring", scoring_address(),
          "--cert",    dir_.File("identity/intake.pem"),
          "--key",     dir_.File("identity/intake.key")};
}

std::vector<std::string> Platform::JixiaoCommand(std::vector<std::string> words) const {
  if (std::find(words.begin(), words.end(), "--token-file") == words.end()) {
    words.insert(words.end(), {"--token-file", TokenFile(WhoMay(words))});
  }
  words.insert(words.begin(), BinaryPath("jixiao"));
  words.insert(words.end(), {"--server", intake_address_, "--ca", dir_.File("identity/ca.pem")});
  return words;
}

Finished Platform::Jixiao(std::vector<std::string> words) const { return RunToEnd(JixiaoCommand(std::move(words))); }

std::string Platform::JixiaoJson(std::vector<std::string> words) const {
  words.insert(words.end(), {"--format", "json"});
  const Finished finished = Jixiao(std::move(words));
  EXPECT_EQ(finished.exit_code, 0) << finished.output;
  return finished.output;
}

HttpAnswer Platform::Get(const std::string& path, const std::vector<std::string>& headers) const {
  std::vector<std::string> argv = {"/usr/bin/curl", "-sS", "-i", "--max-time", "20", "--path-as-is"};
  for (const std::string& header : headers) argv.insert(argv.end(), {"-H", header});
  argv.push_back(page_base_ + path);
  const std::string text = RunToEnd(std::move(argv)).output;
  HttpAnswer answer;
  const size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos || text.rfind("HTTP/", 0) != 0) return answer;
  answer.headers = text.substr(0, end);
  answer.body = text.substr(end + 4);
  answer.status = std::stoi(text.substr(text.find(' ') + 1, 3));
  return answer;
}

std::vector<int> Platform::Stop() {
  std::vector<int> exit_codes;
  for (ChildProcess* process : {intake_.get(), publish_.get(), scoring_.get()}) {
    process->Signal(SIGTERM);
    exit_codes.push_back(process->WaitForExit().value_or(-1));
  }
  return exit_codes;
}

std::string Platform::Logs() const { return intake_->Output() + publish_->Output() + scoring_->Output(); }

std::vector<Sample> Samples() {
  std::vector<Sample> samples;
  std::istringstream manifest(ReadFile(SourcePath("tests/testdata/samples/manifest.tsv")));
  for (std::string line; std::getline(manifest, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream cells(line);
    Sample sample;
    cells >> sample.path >> sample.unit_code >> sample.division_code >> sample.request_id;
    sample.path = SourcePath("tests/testdata/samples/" + sample.path);
    samples.push_back(std::move(sample));
  }
  return samples;
}

std::string JsonField(const std::string& json, const std::string& key) {
  const std::string label = "\"" + key + "\":";
  size_t start = json.find(label);
  if (start == std::string::npos) return "";
  start += label.size();
  if (json[start] == '"') return json.substr(start + 1, json.find('"', start + 1) - start - 1);
  return json.substr(start, json.find_first_of(",}]", start) - start);
}

}  // namespace jixiao::testing
