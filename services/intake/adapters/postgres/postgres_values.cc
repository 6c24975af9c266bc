#include "intake/adapters/postgres/postgres_values.h"

#include "common/base/log.h"

namespace jixiao::intake {
namespace {

// Type numbers of pg_type.dat; they never change.
constexpr int32_t kBoolean = 16;
constexpr int32_t kBytes = 17;
constexpr int32_t kBigint = 20;
constexpr int32_t kText = 25;
constexpr int32_t kNullLength = -1;

int32_t TypeOf(char letter) {
  switch (letter) {
    case 'n': return kBigint;
    case 'f': return kBoolean;
    case 'b': return kBytes;
    default: return kText;
  }
}

template <typename Integer>
void AppendBigEndian(Integer number, std::string& out) {
  for (int shift = static_cast<int>(sizeof(Integer)) * 8 - 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(static_cast<uint64_t>(number) >> static_cast<unsigned>(shift)));
  }
}

uint64_t ReadBigEndian(const char* bytes, size_t size) {
  uint64_t number = 0;
  for (size_t i = 0; i < size; ++i) number = number << 8U | static_cast<unsigned char>(bytes[i]);
  return number;
}

int32_t ReadInt32(const char* bytes) { return static_cast<int32_t>(ReadBigEndian(bytes, 4)); }

std::string BigintOf(int64_t number) {
  std::string bytes;
  AppendBigEndian(number, bytes);
  return bytes;
}

}  // namespace

PostgresParams& PostgresParams::Own(std::string value) {
  owned_.push_back(std::move(value));
  return BytesView(owned_.back());
}

PostgresParams& PostgresParams::Number(int64_t number) { return Own(BigintOf(number)); }

PostgresParams& PostgresParams::BytesView(std::string_view bytes) {
  // A null pointer would be NULL; an empty view may hold one.
  values_.push_back(bytes.data() == nullptr ? "" : bytes.data());
  lengths_.push_back(static_cast<int>(bytes.size()));
  formats_.push_back(1);
  return *this;
}

PostgresParams& PostgresParams::Null() {
  values_.push_back(nullptr);
  lengths_.push_back(0);
  formats_.push_back(1);
  return *this;
}

PostgresRows::PostgresRows(const char* columns) {
  for (const char* letter = columns; *letter != '\0'; ++letter) columns_.push_back({*letter, 0, false, {}});
}

PostgresRows::Column& PostgresRows::Next() {
  Column& column = columns_[value_count_++ % columns_.size()];
  ++column.count;
  return column;
}

PostgresRows& PostgresRows::Add(std::string_view value) {
  Column& column = Next();
  AppendBigEndian(static_cast<int32_t>(value.size()), column.elements);
  column.elements.append(value);
  return *this;
}

PostgresRows& PostgresRows::Number(int64_t number) { return Add(BigintOf(number)); }

PostgresRows& PostgresRows::Flag(bool flag) { return Add(std::string_view(flag ? "\1" : "\0", 1)); }

PostgresRows& PostgresRows::Null() {
  Column& column = Next();
  column.has_null = true;
  AppendBigEndian(kNullLength, column.elements);
  return *this;
}

PostgresParams PostgresRows::ToParams() const {
  JIXIAO_CHECK(value_count_ % columns_.size() == 0);
  PostgresParams params;
  for (const Column& column : columns_) {
    std::string array;
    AppendBigEndian<int32_t>(column.count == 0 ? 0 : 1, array);  // dimensions
    AppendBigEndian<int32_t>(column.has_null ? 1 : 0, array);
    AppendBigEndian(TypeOf(column.letter), array);
    if (column.count > 0) {
      AppendBigEndian(column.count, array);
      AppendBigEndian<int32_t>(1, array);  // first index
    }
    params.Own(array + column.elements);
  }
  return params;
}

int64_t PostgresRow::Number(int column) const {
  return static_cast<int64_t>(
      ReadBigEndian(PQgetvalue(result_, row_, column), static_cast<size_t>(PQgetlength(result_, row_, column))));
}

bool PostgresRow::Flag(int column) const { return *PQgetvalue(result_, row_, column) != '\0'; }

std::string PostgresRow::Text(int column) const {
  return {PQgetvalue(result_, row_, column), static_cast<size_t>(PQgetlength(result_, row_, column))};
}

std::vector<std::string> PostgresRow::Texts(int column) const {
  constexpr size_t kHead = 12;      // dimensions, nulls, type
  constexpr size_t kDimension = 8;  // length, first index
  const char* at = PQgetvalue(result_, row_, column);
  std::vector<std::string> texts;
  if (ReadInt32(at) == 0) return texts;
  const int32_t count = ReadInt32(at + kHead);
  at += kHead + kDimension;
  for (int32_t i = 0; i < count; ++i) {
    const auto length = static_cast<size_t>(ReadInt32(at));
    texts.emplace_back(at + 4, length);
    at += 4 + length;
  }
  return texts;
}

}  // namespace jixiao::intake
