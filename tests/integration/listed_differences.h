// Compares two messages field by field against a reviewed list of what may
// differ.
#ifndef JIXIAO_TESTS_INTEGRATION_LISTED_DIFFERENCES_H_
#define JIXIAO_TESTS_INTEGRATION_LISTED_DIFFERENCES_H_

#include <google/protobuf/message.h>

#include <set>
#include <string>
#include <vector>

namespace jixiao::testing {

struct ListedDifference {
  // Names of fields without indices: `contacts.address` from the root on. `*.` in
  // front: anywhere. `.*` behind: all below it too. `findings(RULE)`: a finding that
  // is there in one of them only.
  std::string path;
  std::string reason;
  // kPlaces: the second is the first with places of an office file put in, as in
  // `年度资金总额 · 得分（第1张表第3行）`.
  bool only_places = false;
};

inline constexpr bool kPlaces = true;

// Differences that `list` does not hold, one sentence each. Paths of entries that
// were met are added to `met`.
std::vector<std::string> UnlistedDifferences(const google::protobuf::Message& one,
                                             const google::protobuf::Message& other,
                                             const std::vector<ListedDifference>& list, std::set<std::string>& met);

}  // namespace jixiao::testing

#endif  // JIXIAO_TESTS_INTEGRATION_LISTED_DIFFERENCES_H_
