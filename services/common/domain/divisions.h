// For any service: the administrative divisions of China (GB/T 2260), from
// rulesets/divisions.textproto.
#ifndef JIXIAO_COMMON_DOMAIN_DIVISIONS_H_
#define JIXIAO_COMMON_DOMAIN_DIVISIONS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "jixiao/divisions/v1/divisions.pb.h"

namespace jixiao {

// A value: copies share one table, which never changes, so it is safe to share
// between threads. What it returns lives as long as any copy.
class Divisions {
 public:
  using Division = divisions::v1::Division;

  // Knows no division.
  Divisions();

  // INVALID_ARGUMENT lists every problem: codes that are not six digits, out of order,
  // twice, or without the division they belong to; years that cannot be; no name.
  static absl::StatusOr<Divisions> Parse(std::string_view textproto);

  // The same from a file. NOT_FOUND (reason DIVISIONS_UNREADABLE) if it cannot be read,
  // INVALID_ARGUMENT (BAD_DIVISIONS) if it is damaged; the message names the file.
  static absl::StatusOr<Divisions> Load(const std::string& path);

  // `君山区` for `430611`, in whatever year it had a name; empty if no list has it.
  std::string_view Name(std::string_view code) const;

  // `湖南省岳阳市君山区` for `430611`: the known names from the province down; the
  // code itself if none is known.
  std::string FullName(std::string_view code) const;

  // True if the list of `year` has the code.
  bool IsListed(std::string_view code, int year) const;

  // Divisions that are or were called `name`, by code.
  std::vector<const Division*> FindByName(std::string_view name) const;

  // Divisions that `text` names somewhere, as they were called in `year` or the year
  // after, when the reports of `year` are written; year 0 asks for the newest list.
  std::vector<const Division*> NamedIn(std::string_view text, int year) const;

  // By code.
  const google::protobuf::RepeatedPtrField<Division>& all() const;

  // Of everything it knows; changes with the file's content, not with its layout.
  const std::string& digest() const;

 private:
  struct Table;
  explicit Divisions(std::shared_ptr<const Table> table) : table_(std::move(table)) {}

  const Division* Find(std::string_view code) const;

  std::shared_ptr<const Table> table_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_DIVISIONS_H_
