// For tests: the divisions that ship with the project.
#ifndef JIXIAO_COMMON_TESTING_SHIPPED_DIVISIONS_H_
#define JIXIAO_COMMON_TESTING_SHIPPED_DIVISIONS_H_

#include <cstdlib>
#include <string>

#include "common/base/log.h"
#include "common/domain/divisions.h"

namespace jixiao::testing {

// rulesets/ of the source tree.
inline std::string ShippedRuleSets() {
  const char* root = std::getenv("JIXIAO_SOURCE_DIR");
  return std::string(root == nullptr ? "." : root) + "/rulesets";
}

// Ends the test if they cannot be read.
inline const Divisions& ShippedDivisions() {
  static const Divisions* const divisions = [] {
    auto loaded = Divisions::Load(ShippedRuleSets() + "/divisions.textproto");
    JIXIAO_CHECK(loaded.ok() && "run from the source folder, or set JIXIAO_SOURCE_DIR");
    return new Divisions(*std::move(loaded));
  }();
  return *divisions;
}

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_SHIPPED_DIVISIONS_H_
