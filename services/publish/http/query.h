// The part of an address behind the question mark.
#ifndef JIXIAO_PUBLISH_HTTP_QUERY_H_
#define JIXIAO_PUBLISH_HTTP_QUERY_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace jixiao::publish {

// Reads `year=2024&q=%E7%A4%BE`. Empty if it cannot be read: broken percent
// signs, text that is not clean UTF-8, a name twice, more than 16 names.
std::optional<std::map<std::string, std::string>> ParseQuery(std::string_view query);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_HTTP_QUERY_H_
