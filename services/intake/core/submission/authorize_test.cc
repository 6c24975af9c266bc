#include "intake/core/submission/authorize.h"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/testing/shipped_divisions.h"

namespace jixiao::intake {
namespace {

bool IsProvince(const std::string& code) { return code.ends_with("0000"); }
bool IsPrefecture(const std::string& code) { return code.ends_with("00") && !IsProvince(code); }

// The codes of two whole provinces, in the order of the list.
std::vector<std::string> CodesOfTwoProvinces() {
  std::vector<std::string> codes;
  for (const Divisions::Division& division : ::jixiao::testing::ShippedDivisions().all()) {
    if (division.code().starts_with("43") || division.code().starts_with("44")) codes.push_back(division.code());
  }
  return codes;
}

// Who is above whom, from the list alone: the last province, and the last
// prefecture of it, that stood before. Not by comparing digits.
std::map<std::string, std::set<std::string>> AboveEach() {
  std::map<std::string, std::set<std::string>> above;
  std::string province;
  std::string prefecture;
  for (const std::string& code : CodesOfTwoProvinces()) {
    above[code].insert(code);
    if (IsProvince(code)) {
      province = code;
      prefecture.clear();
      continue;
    }
    above[code].insert(province);
    if (IsPrefecture(code)) {
      prefecture = code;
    } else {
      above[code].insert(prefecture);
    }
  }
  return above;
}

TEST(AuthorizeTest, CoversListedDivisionsAsTheTreeDoes) {
  const std::vector<std::string> codes = CodesOfTwoProvinces();
  const auto above = AboveEach();
  int pairs = 0;
  for (const std::string& outer : codes) {
    for (const std::string& inner : codes) {
      EXPECT_EQ(DivisionCovers(outer, inner), above.at(inner).contains(outer)) << outer << " " << inner;
      ++pairs;
    }
  }
  EXPECT_GT(pairs, 38'000);
}

// Over all six-digit codes, listed or not: development zones have codes of their
// own making.
TEST(AuthorizeTest, NoCodeLeaksToItsNeighbours) {
  int checked = 0;
  for (const int province : {41, 43}) {
    for (int prefecture = 0; prefecture < 100; ++prefecture) {
      const std::string outer = fmt::format("{:02}{:02}00", province, prefecture);
      for (int inner_prefecture = 0; inner_prefecture < 100; ++inner_prefecture) {
        for (const int county : {0, 1, 10, 99}) {
          const std::string inner = fmt::format("{:02}{:02}{:02}", province, inner_prefecture, county);
          EXPECT_EQ(DivisionCovers(outer, inner), prefecture == 0 || prefecture == inner_prefecture)
              << outer << " " << inner;
          ++checked;
        }
      }
      EXPECT_FALSE(DivisionCovers(outer, fmt::format("{:02}{:02}00", 84 - province, prefecture))) << outer;
    }
  }
  EXPECT_EQ(checked, 2 * 100 * 100 * 4);
  EXPECT_FALSE(DivisionCovers("431000", "431100"));
  EXPECT_FALSE(DivisionCovers("430611", "430600"));
  EXPECT_FALSE(DivisionCovers("430610", "430611"));
}

TEST(AuthorizeTest, NobodyMayDoAnythingWithoutAGrant) {
  for (int permission = 0; permission <= static_cast<int>(Permission::kReadAuditLog); ++permission) {
    EXPECT_EQ(Authorize({.id = "person/x", .grants = {}}, static_cast<Permission>(permission),
                        {.division_code = "430611", .unit_code = "U1", .fiscal_year = 2024})
                  .code(),
              absl::StatusCode::kNotFound);
  }
}

}  // namespace
}  // namespace jixiao::intake
