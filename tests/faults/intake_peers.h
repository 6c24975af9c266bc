// Scoring and publish in the test's own process, for tests that kill intake:
// both stay up, and what they were asked to do can be counted.
#ifndef JIXIAO_FAULTS_INTAKE_PEERS_H_
#define JIXIAO_FAULTS_INTAKE_PEERS_H_

#include <map>
#include <memory>
#include <string>

namespace jixiao::intake::testing {

class IntakePeers {
 public:
  IntakePeers();
  ~IntakePeers();

  std::string scoring_address() const;
  std::string publish_address() const;

  // What is public: `{submission}/versions/{version}` to report digest.
  std::map<std::string, std::string> Disclosures() const;
  int publish_call_count() const;

 private:
  struct Services;
  std::unique_ptr<Services> services_;
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_FAULTS_INTAKE_PEERS_H_
