#include "intake/reader/office/office_properties.h"

#include <array>

#include "common/base/text.h"
#include "intake/reader/office/xml_part.h"

namespace jixiao::intake {
namespace {

struct Source {
  const char* part;
  const char* element;
  report::v1::FileProperty property;
};

constexpr std::array<Source, 4> kSources = {
    {{"docProps/core.xml", "creator", report::v1::FILE_PROPERTY_AUTHOR},
     {"docProps/core.xml", "lastModifiedBy", report::v1::FILE_PROPERTY_LAST_MODIFIED_BY},
     {"docProps/app.xml", "Company", report::v1::FILE_PROPERTY_COMPANY},
     {"docProps/app.xml", "Manager", report::v1::FILE_PROPERTY_MANAGER}}};

}  // namespace

std::vector<OfficeProperty> ReadProperties(const ZipPackage& package) {
  std::vector<OfficeProperty> properties;
  for (const Source& source : kSources) {
    if (!package.Has(source.part)) continue;
    const auto document = ReadXml(package, source.part);
    if (!document.ok()) continue;
    const pugi::xml_node element = Child((*document)->document_element(), source.element);
    const std::string_view value = Trim(element.text().get());
    if (!value.empty()) properties.push_back({source.property, std::string(value)});
  }
  return properties;
}

}  // namespace jixiao::intake
