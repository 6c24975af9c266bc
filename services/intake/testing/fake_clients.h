// Pretends to be scoring and publish: scripted answers, at once and in order;
// the last one is repeated. Remembers every call.
#ifndef JIXIAO_INTAKE_TESTING_FAKE_CLIENTS_H_
#define JIXIAO_INTAKE_TESTING_FAKE_CLIENTS_H_

#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "intake/core/tasks/publish_client.h"
#include "intake/core/tasks/scoring_client.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::intake::testing {

// Bytes of a card about `report_digest` with one finding of each of
// `severities`, `RULE-1` and so on, and with what `more` has.
inline std::string ACard(const std::string& report_digest, const std::vector<scoring::v1::Severity>& severities = {},
                         const scoring::v1::ScoreCard& more = {}) {
  scoring::v1::ScoreCard card = more;
  card.set_report_digest(report_digest);
  for (const auto severity : severities) {
    scoring::v1::Finding& finding = *card.add_findings();
    finding.set_id("RULE-" + std::to_string(card.findings_size()));
    finding.set_severity(severity);
  }
  return card.SerializeAsString();
}

class FakeScoringClient : public ScoringClient {
 public:
  // Called for each; without any answers a clean card.
  std::deque<absl::Status> failures;
  std::vector<scoring::v1::Severity> severities;
  scoring::v1::ScoreCard more;
  // Holds answers back until Release.
  bool is_holding = false;
  std::vector<ScoringCall> calls;

  void Score(ScoringCall call, Done done) override {
    calls.push_back(call);
    if (!failures.empty()) {
      const absl::Status failure = failures.front();
      failures.pop_front();
      return done(failure);
    }
    auto answer = [card = ACard(call.report_digest, severities, more), done = std::move(done)] { done(card); };
    if (!is_holding) return answer();
    held_.push_back(std::move(answer));
  }

  void Release() {
    for (auto& answer : std::exchange(held_, {})) answer();
  }

 private:
  std::vector<std::function<void()>> held_;
};

class FakePublishClient : public PublishClient {
 public:
  std::deque<absl::Status> failures;
  std::vector<PublishCall> publish_calls;
  std::vector<WithdrawCall> withdraw_calls;

  void Publish(PublishCall call, PublishDone done) override {
    publish_calls.push_back(call);
    if (absl::Status failure = NextFailure(); !failure.ok()) return done(failure);
    done("/2024/430611/NC01/department/1");
  }

  void Withdraw(WithdrawCall call, WithdrawDone done) override {
    withdraw_calls.push_back(call);
    done(NextFailure());
  }

 private:
  absl::Status NextFailure() {
    if (failures.empty()) return absl::OkStatus();
    absl::Status failure = failures.front();
    failures.pop_front();
    return failure;
  }
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_FAKE_CLIENTS_H_
