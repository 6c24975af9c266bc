#include "intake/testing/documents/example_reports.h"

#include <array>

#include "intake/testing/documents/figures.h"

namespace jixiao::intake::testing {

std::vector<ExampleReport> ExampleReports() {
  constexpr std::array<const char*, 5> kSeeds = {"000_f574b4b06cc4eca1", "001_0bd4511d0cf915c4", "002_ec3f8ad0d11160e0",
                                                 "003_c8a0d4982257e644", "004_82b8bd550c202cae"};
  constexpr std::array<const char*, 5> kSamples = {"sample0_community_centre", "sample1_grid_service_centre",
                                                   "sample2_street_office", "sample3_liaison_centre",
                                                   "sample4_zhengzhou_committee"};
  std::vector<ExampleReport> reports;
  for (int i = 0; i < 5; ++i) {
    reports.push_back({"Seed" + std::to_string(i), SourceDir() + "/../shared/seeds/" + kSeeds[i] + ".txt", true, i});
  }
  for (int i = 0; i < 5; ++i) {
    reports.push_back(
        {"Sample" + std::to_string(i), SourceDir() + "/tests/testdata/samples/" + kSamples[i] + ".txt", false, i});
  }
  return reports;
}

}  // namespace jixiao::intake::testing
