// Automatic numbers of a Word file: `一、` before a heading is mostly no text but
// a rule, and without it the sections of a report cannot be told.
#ifndef JIXIAO_INTAKE_READER_OFFICE_DOCX_NUMBERING_H_
#define JIXIAO_INTAKE_READER_OFFICE_DOCX_NUMBERING_H_

#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "intake/reader/office/zip_package.h"

namespace jixiao::intake {

// `number` as format `format` writes it: `chineseCounting` 12 is `十二`. Formats
// that are not known are written in digits, `bullet` and `none` as nothing.
std::string FormatListNumber(std::string_view format, int number);

class DocxNumbering {
 public:
  // Reads `numbering.xml` and `styles.xml` beside the main part; both may be
  // absent.
  static absl::StatusOr<DocxNumbering> Load(const ZipPackage& package, const std::string& main_part);

  // Number in front of the paragraph with properties `properties`, and counts it;
  // empty for paragraphs without one. Call once per paragraph, in document order.
  std::string NumberFor(const pugi::xml_node& properties);

 private:
  static constexpr size_t kLevels = 9;

  struct Level {
    int start = 1;
    std::string format = "decimal";
    std::string text;  // `%1、`
  };
  using Levels = std::array<Level, kLevels>;
  struct List {
    std::string abstract_id;
    Levels levels;
  };
  struct Use {
    std::string list_id;
    int level = 0;
  };

  static void ReadLevel(const pugi::xml_node& node, Levels& levels);
  void ReadLists(const pugi::xml_node& root);
  void ReadStyles(const pugi::xml_node& root);
  std::optional<Use> UseOf(const pugi::xml_node& properties) const;

  std::map<std::string, List> lists_;
  std::map<std::string, Use> styles_;  // paragraph styles that number
  // Counters are shared by lists of one abstract definition.
  std::map<std::string, std::array<int, kLevels>> counters_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_DOCX_NUMBERING_H_
