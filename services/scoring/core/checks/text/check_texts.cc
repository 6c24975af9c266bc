#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {

void CheckTexts(const ReportView& view, Findings& findings) {
  const TextView text = ReadTexts(view);
  CheckTemplateResidue(text, findings);
  CheckForeignUnit(text, findings);
  CheckUnitName(text, findings);
  CheckIdentity(text, findings);
  CheckStatements(text, findings);
  CheckProblemList(text, findings);
  CheckSectionNumbering(text, findings);
  CheckTypography(text, findings);
}

}  // namespace jixiao::scoring
