#include "intake/core/submission/submission_name.h"

#include <fmt/format.h>

#include "common/base/digest.h"
#include "common/base/text.h"

namespace jixiao::intake {
namespace {

std::string HexPrefix(std::string_view text, size_t count) {
  return ContentDigest(text).substr(std::string_view("sha256:").size(), count);
}

std::string Normalized(std::string_view name) { return RemoveBlanks(FoldWidth(name)); }

}  // namespace

std::string ProvisionalUnitCode(std::string_view division_code, std::string_view unit_name) {
  return "P" + HexPrefix(fmt::format("{}\n{}", division_code, Normalized(unit_name)), 10);
}

std::string ProjectCode(std::string_view project_name) { return HexPrefix(Normalized(project_name), 12); }

}  // namespace jixiao::intake
