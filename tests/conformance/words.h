// What units of different trades do, in our own words: the raw material of the
// generated reports. Figures are drawn, names stand here.
#ifndef JIXIAO_CONFORMANCE_WORDS_H_
#define JIXIAO_CONFORMANCE_WORDS_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace jixiao::conformance {

// Something that can be counted in a year: `开办技能培训班`, `期`.
struct Deed {
  std::string_view name;
  std::string_view measure;
  int64_t low;
  int64_t high;
};

// A trade with everything its reports speak of.
struct Domain {
  std::string_view bureau;  // `农业农村局`, behind the name of the division
  std::string_view we;      // `我局`
  std::string_view served;  // `农户`
  std::span<const std::string_view> duties;
  std::span<const std::string_view> projects;
  std::span<const Deed> deeds;
  std::span<const std::string_view> qualities;   // rates in percent, more is better
  std::span<const std::string_view> benefits;    // economic and social
  std::span<const std::string_view> lastings;    // ecological and lasting
  std::span<const std::string_view> weaknesses;  // problems that are not only lack of money
  std::span<const std::string_view> measures;    // what is done about them, same order
};

std::span<const Domain> Domains();

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_WORDS_H_
