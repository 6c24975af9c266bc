#include "intake/rpc/intake_service.h"

#include "google/protobuf/descriptor.h"

namespace jixiao::intake {

std::vector<std::string> IntakeMethods() {
  const google::protobuf::ServiceDescriptor& service =
      *google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(v1::IntakeService::service_full_name());
  std::vector<std::string> names;
  names.reserve(static_cast<size_t>(service.method_count()));
  for (int i = 0; i < service.method_count(); ++i) names.push_back(service.method(i)->name());
  return names;
}

}  // namespace jixiao::intake
