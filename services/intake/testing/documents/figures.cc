#include "intake/testing/documents/figures.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "common/base/log.h"
#include "common/base/text.h"

namespace jixiao::intake::testing {
namespace {

// Reads one flow value; a comment may follow it.
class FlowReader {
 public:
  explicit FlowReader(std::string_view text) : text_(text) {}

  Figure Read() {
    SkipBlanks();
    if (text_.starts_with('[')) return ReadList();
    if (text_.starts_with('{')) return ReadMap();
    return ReadScalar();
  }

 private:
  void SkipBlanks() {
    while (text_.starts_with(' ')) text_.remove_prefix(1);
  }

  bool Take(char c) {
    SkipBlanks();
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  Figure ReadList() {
    Figure list;
    list.kind = Figure::Kind::kList;
    JIXIAO_CHECK(Take('['));
    while (!Take(']')) {
      list.items.push_back(Read());
      if (!Take(',')) {
        JIXIAO_CHECK(Take(']'));
        break;
      }
    }
    return list;
  }

  Figure ReadMap() {
    Figure map;
    map.kind = Figure::Kind::kMap;
    JIXIAO_CHECK(Take('{'));
    while (!Take('}')) {
      SkipBlanks();
      std::string key = text_.starts_with('"') ? ReadQuoted() : std::string(TakeUntil(":"));
      JIXIAO_CHECK(Take(':'));
      map.pairs.emplace_back(std::move(key), Read());
      if (!Take(',')) {
        JIXIAO_CHECK(Take('}'));
        break;
      }
    }
    return map;
  }

  std::string ReadQuoted() {
    std::string out;
    text_.remove_prefix(1);
    while (!text_.empty() && text_.front() != '"') {
      if (text_.front() == '\\') text_.remove_prefix(1);
      JIXIAO_CHECK(!text_.empty());
      out += text_.front();
      text_.remove_prefix(1);
    }
    JIXIAO_CHECK(!text_.empty());
    text_.remove_prefix(1);
    return out;
  }

  std::string_view TakeUntil(std::string_view stops) {
    const size_t end = std::min(text_.find_first_of(stops), text_.size());
    const std::string_view taken = Trim(text_.substr(0, end));
    text_.remove_prefix(end);
    return taken;
  }

  Figure ReadScalar() {
    Figure scalar;
    scalar.kind = Figure::Kind::kScalar;
    if (text_.starts_with('"')) {
      scalar.text = ReadQuoted();
      return scalar;
    }
    scalar.text = TakeUntil(",]}#");
    if (scalar.text.empty() || scalar.text == "null") scalar = Figure();
    return scalar;
  }

  std::string_view text_;
};

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace

const Figure& Figure::operator[](std::string_view key) const {
  static const Figure kNone;
  for (const auto& [name, figure] : pairs) {
    if (name == key) return figure;
  }
  return kNone;
}

const Figure& Figure::operator[](size_t index) const {
  static const Figure kNone;
  return index < items.size() ? items[index] : kNone;
}

std::vector<Figure> ReadFigures(std::string_view markdown) {
  std::vector<Figure> blocks;
  bool in_block = false;
  for (const std::string_view line : Lines(markdown)) {
    if (line.starts_with("```")) {
      in_block = line == "```yaml";
      if (in_block) blocks.emplace_back().kind = Figure::Kind::kMap;
      continue;
    }
    if (!in_block || Trim(line).empty()) continue;
    if (line.starts_with("  - ")) {
      Figure& list = blocks.back().pairs.back().second;
      list.kind = Figure::Kind::kList;
      list.items.push_back(FlowReader(line.substr(4)).Read());
      continue;
    }
    const size_t colon = line.find(": ") == std::string_view::npos ? line.find(':') : line.find(": ");
    JIXIAO_CHECK(colon != std::string_view::npos);
    blocks.back().pairs.emplace_back(std::string(line.substr(0, colon)), FlowReader(line.substr(colon + 1)).Read());
  }
  return blocks;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string SourceDir() {
  const char* dir = std::getenv("JIXIAO_SOURCE_DIR");
  JIXIAO_CHECK(dir != nullptr);
  return dir;
}

}  // namespace jixiao::intake::testing
