#include "common/domain/divisions.h"

#include <fmt/format.h>

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text_proto.h"
#include "common/domain/division_code.h"

namespace jixiao {
namespace {

using divisions::v1::Division;
using divisions::v1::DivisionList;
using divisions::v1::FormerName;

bool IsListedIn(const Division& division, int year) {
  return (!division.has_listed_from() || year >= division.listed_from()) &&
         (!division.has_listed_until() || year <= division.listed_until());
}

// What `division` was called in `year`; empty if it was not listed then.
std::string_view NameIn(const Division& division, int year) {
  if (!IsListedIn(division, year)) return "";
  for (const FormerName& former : division.former_names()) {
    if (year <= former.listed_until()) return former.name();
  }
  return division.name();
}

size_t BytesOfCharacter(char first) {
  const auto lead = static_cast<unsigned char>(first);
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// Everything that is wrong with a list.
class DivisionLint {
 public:
  explicit DivisionLint(const DivisionList& list) : list_(list) {}

  std::vector<FieldViolation> Run() {
    if (list_.divisions().empty()) problems_.push_back({"divisions", "there are none"});
    if (list_.sources().empty()) problems_.push_back({"sources", "names no list"});
    for (const auto& source : list_.sources()) {
      const std::string& day = source.as_of();
      if (source.title().empty() || day.size() != 10) problems_.push_back({"sources", "a list has no title or day"});
      if (day.size() != 10) continue;
      const int year = std::atoi(day.substr(0, 4).c_str());
      first_year_ = first_year_ == 0 ? year : std::min(first_year_, year);
      last_year_ = std::max(last_year_, year);
    }
    std::string before;
    for (const Division& division : list_.divisions()) {
      Check(division, before);
      before = division.code();
      names_[division.code()] = division.name();
    }
    return std::move(problems_);
  }

 private:
  void Check(const Division& division, const std::string& before) {
    const std::string& code = division.code();
    const auto problem = [&](const std::string& text) {
      problems_.push_back({fmt::format("divisions[{}]", code), text});
    };
    if (!IsDivisionCode(code)) return problem("is no division code: write six digits");
    if (code == before) problem("stands twice");
    if (code < before) problem(fmt::format("stands behind {}: sort by code", before));
    if (division.name().empty()) problem("has no name");
    if (!HasParent(code)) problem(fmt::format("belongs to {}, which is not listed before it", ParentDivision(code)));
    const int from = division.has_listed_from() ? division.listed_from() : first_year_;
    const int until = division.has_listed_until() ? division.listed_until() : last_year_;
    if (from < first_year_ || until > last_year_ || from > until) {
      problem(fmt::format("listed from {} until {}: the lists go from {} to {}", from, until, first_year_, last_year_));
    }
    int last = from - 1;
    for (const FormerName& former : division.former_names()) {
      if (former.name().empty()) problem("a former name is empty");
      if (former.listed_until() <= last || former.listed_until() >= until) {
        problem(fmt::format("`{}` until {} does not fit between {} and {}", former.name(), former.listed_until(),
                            last + 1, until - 1));
      }
      last = former.listed_until();
    }
  }

  // The standard sums up what belongs to a province directly under `90`, and the
  // districts, counties and cities of a municipality (a province called 市) under `01` to
  // `03`: no division stands there.
  bool HasParent(const std::string& code) const {
    const std::string parent = ParentDivision(code);
    if (parent.empty() || names_.contains(parent)) return true;
    const auto province = names_.find(code.substr(0, 2) + "0000");
    if (province == names_.end()) return false;
    const std::string middle = code.substr(2, 2);
    return middle == "90" || (middle >= "01" && middle <= "03" && province->second.ends_with("市"));
  }

  const DivisionList& list_;
  int first_year_ = 0;
  int last_year_ = 0;
  absl::flat_hash_map<std::string, std::string> names_;
  std::vector<FieldViolation> problems_;
};

}  // namespace

struct Divisions::Table {
  DivisionList list;
  std::string digest;
  int newest_year = 0;
  size_t longest_name = 0;  // bytes
  absl::flat_hash_map<std::string_view, std::vector<const Division*>> by_name;
};

Divisions::Divisions() : table_(std::make_shared<const Table>()) {}

absl::StatusOr<Divisions> Divisions::Parse(std::string_view textproto) {
  auto table = std::make_shared<Table>();
  JIXIAO_RETURN_IF_ERROR(ParseTextProto(textproto, "", table->list));
  const std::vector<FieldViolation> problems = DivisionLint(table->list).Run();
  if (!problems.empty()) return InvalidFields(problems);
  table->digest = ContentDigest(table->list.SerializeAsString());
  for (const auto& source : table->list.sources()) {
    table->newest_year = std::max(table->newest_year, std::atoi(source.as_of().substr(0, 4).c_str()));
  }
  const auto add = [&](const std::string& name, const Division& division) {
    table->longest_name = std::max(table->longest_name, name.size());
    table->by_name[name].push_back(&division);
  };
  for (const Division& division : table->list.divisions()) {
    add(division.name(), division);
    for (const FormerName& former : division.former_names()) add(former.name(), division);
  }
  return Divisions(std::move(table));
}

absl::StatusOr<Divisions> Divisions::Load(const std::string& path) {
  return LoadDataFile<Divisions>(path, "DIVISIONS", Parse);
}

const Division* Divisions::Find(std::string_view code) const {
  const auto& all = table_->list.divisions();
  const auto found = std::lower_bound(all.begin(), all.end(), code,
                                      [](const Division& division, std::string_view c) { return division.code() < c; });
  return found != all.end() && found->code() == code ? &*found : nullptr;
}

std::string_view Divisions::Name(std::string_view code) const {
  const Division* division = Find(code);
  return division == nullptr ? std::string_view() : division->name();
}

std::string Divisions::FullName(std::string_view code) const {
  if (code.size() != 6) return std::string(code);
  std::string full;
  for (const size_t digits : {2, 4, 6}) {
    if (digits > 2 && code.substr(digits - 2, 2) == "00") break;
    full += Name(std::string(code.substr(0, digits)) + std::string(6 - digits, '0'));
  }
  return full.empty() ? std::string(code) : full;
}

bool Divisions::IsListed(std::string_view code, int year) const {
  const Division* division = Find(code);
  return division != nullptr && IsListedIn(*division, year);
}

std::vector<const Division*> Divisions::FindByName(std::string_view name) const {
  const auto found = table_->by_name.find(name);
  return found == table_->by_name.end() ? std::vector<const Division*>() : found->second;
}

std::vector<const Division*> Divisions::NamedIn(std::string_view text, int year) const {
  if (year == 0) year = table_->newest_year;
  std::vector<const Division*> named;
  const auto step = [&](size_t at) { return std::min(at + BytesOfCharacter(text[at]), text.size()); };
  for (size_t from = 0; from < text.size(); from = step(from)) {
    for (size_t end = step(from);; end = step(end)) {
      const std::string_view name = text.substr(from, end - from);
      if (name.size() > table_->longest_name) break;
      if (const auto found = table_->by_name.find(name); found != table_->by_name.end()) {
        for (const Division* division : found->second) {
          if (NameIn(*division, year) == name || NameIn(*division, year + 1) == name) named.push_back(division);
        }
      }
      if (end == text.size()) break;
    }
  }
  std::sort(named.begin(), named.end(), [](const auto* a, const auto* b) { return a->code() < b->code(); });
  named.erase(std::unique(named.begin(), named.end()), named.end());
  return named;
}

const google::protobuf::RepeatedPtrField<Division>& Divisions::all() const { return table_->list.divisions(); }

const std::string& Divisions::digest() const { return table_->digest; }

}  // namespace jixiao
