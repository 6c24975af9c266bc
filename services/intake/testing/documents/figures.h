// Reads the figures that a person took out of the example reports: YAML blocks
// between ```yaml fences in a Markdown file. A subset is enough: one key a line,
// values as scalars, flow lists and flow maps, or a block list of flow lists.
#ifndef JIXIAO_INTAKE_TESTING_DOCUMENTS_FIGURES_H_
#define JIXIAO_INTAKE_TESTING_DOCUMENTS_FIGURES_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jixiao::intake::testing {

// A scalar, list or map. A missing node and `null` are both null.
struct Figure {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  std::string text;                                   // scalars, without quotes
  std::vector<Figure> items;                          // lists
  std::vector<std::pair<std::string, Figure>> pairs;  // maps, in order

  bool IsNull() const { return kind == Kind::kNull; }
  const Figure& operator[](std::string_view key) const;
  const Figure& operator[](size_t index) const;
};

// One map per fence. Stops the test program on text outside the subset.
std::vector<Figure> ReadFigures(std::string_view markdown);

// The whole file; empty if there is none.
std::string ReadFile(const std::string& path);

// Where the tests find the tree; stops the test program if unset.
std::string SourceDir();

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_DOCUMENTS_FIGURES_H_
