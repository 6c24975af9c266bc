#include "publish/core/errors.h"

#include <fmt/format.h>

#include "common/base/errors.h"

namespace jixiao::publish {

absl::Status PersonalDataInText(const std::vector<std::string>& places) {
  constexpr size_t kShown = 5;
  std::string list;
  for (size_t i = 0; i < places.size() && i < kShown; ++i) list += (i == 0 ? "" : "；") + places[i];
  if (places.size() > kShown) list += fmt::format("等 {} 处", places.size());
  return MakeError(absl::StatusCode::kFailedPrecondition, "PERSONAL_DATA",
                   fmt::format("报告中疑似含有身份证件号码或银行账号，未予公开：{}。请删除或改写后重新报送", list));
}

absl::Status OlderVersion(int given, int published) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition, "OLDER_VERSION",
      fmt::format("第 {} 版已经公开，不能再公开较早的第 {} 版；如需更正，请报送新的版本", published, given));
}

absl::Status PublishedWithOtherBytes(const std::string& name) {
  return MakeError(absl::StatusCode::kAlreadyExists, "VERSION_PUBLISHED",
                   fmt::format("{} 已以其他内容公开，公开后的版本不再改动；如需更正，请报送新的版本", name));
}

absl::Status NoSuchDisclosure(const std::string& name) {
  return MakeError(absl::StatusCode::kNotFound, "NO_SUCH_DISCLOSURE", fmt::format("没有公开过 {}", name));
}

absl::Status StoredBytesDamaged(const std::string& name) {
  return MakeError(absl::StatusCode::kDataLoss, "STORED_BYTES_DAMAGED",
                   fmt::format("{} 的存储内容与公开时的摘要不符，请联系系统管理员从备份恢复", name));
}

}  // namespace jixiao::publish
