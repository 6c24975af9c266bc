// Decides how each refusal of publish is called: code, reason token and a
// sentence, in Chinese, that says how to go on.
#ifndef JIXIAO_PUBLISH_CORE_ERRORS_H_
#define JIXIAO_PUBLISH_CORE_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace jixiao::publish {

// `places` in a clerk's words, for example `正文“七、绩效情况”第 3 段（身份证号码）`.
absl::Status PersonalDataInText(const std::vector<std::string>& places);
absl::Status OlderVersion(int given, int published);
absl::Status PublishedWithOtherBytes(const std::string& name);
absl::Status NoSuchDisclosure(const std::string& name);

// The bytes read back are not the bytes that were published.
absl::Status StoredBytesDamaged(const std::string& name);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_ERRORS_H_
