// For tests: tables as Word prints them into text.
#ifndef JIXIAO_INTAKE_TESTING_DOCUMENTS_TAB_LED_H_
#define JIXIAO_INTAKE_TESTING_DOCUMENTS_TAB_LED_H_

#include <string>
#include <vector>

namespace jixiao::intake::testing {

// One cell a line, led by a tab; an empty line behind each row.
inline std::string TabLed(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (const std::string& cell : row) text += "\t" + cell + "\n";
    text += "\n";
  }
  return text + "\n";
}

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_DOCUMENTS_TAB_LED_H_
