// The example reports that reader tests run on: the project's own samples, and
// the real reports where a person has them beside the tree.
#ifndef JIXIAO_INTAKE_TESTING_DOCUMENTS_EXAMPLE_REPORTS_H_
#define JIXIAO_INTAKE_TESTING_DOCUMENTS_EXAMPLE_REPORTS_H_

#include <string>
#include <vector>

namespace jixiao::intake::testing {

struct ExampleReport {
  std::string name;      // for test names
  std::string path;      // may not exist
  bool is_seed = false;  // a real report: texts equal the figures file too
  int number = 0;        // 0 to 4; the sample of a number mirrors the seed
};

// Ten entries: seeds, then samples.
std::vector<ExampleReport> ExampleReports();

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_DOCUMENTS_EXAMPLE_REPORTS_H_
