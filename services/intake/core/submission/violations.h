// Collects broken fields with their paths while a message is walked; a path is
// spelled out only when something is wrong.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_VIOLATIONS_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_VIOLATIONS_H_

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "common/base/errors.h"

namespace jixiao::intake {

// One step of a path; lives on the stack of the function that walks there.
struct PathStep {
  const PathStep* parent = nullptr;
  std::string_view name;
  int index = -1;  // -1 if not repeated

  PathStep operator/(std::string_view child) const { return {this, child, -1}; }
  PathStep At(std::string_view child, int i) const { return {this, child, i}; }

  std::string ToString() const {
    std::string path = parent == nullptr ? std::string() : parent->ToString();
    if (!path.empty() && !name.empty()) path += '.';
    path += name;
    if (index >= 0) path += fmt::format("[{}]", index);
    return path;
  }
};

class Violations {
 public:
  static constexpr size_t kMax = 100;  // enough to mend a file in one go

  void Add(const PathStep& path, std::string description) {
    if (list_.size() < kMax) list_.push_back({path.ToString(), std::move(description)});
  }

  absl::Status ToStatus() const { return list_.empty() ? absl::OkStatus() : InvalidFields(list_); }

 private:
  std::vector<FieldViolation> list_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_VIOLATIONS_H_
