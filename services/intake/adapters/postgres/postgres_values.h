// Values on their way to PostgreSQL and back, all in its binary format: no
// escaping, no locale, and bytes stay bytes.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_VALUES_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_VALUES_H_

#include <libpq-fe.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao::intake {

// Parameters of one execution, in order. Numbers are bigint.
class PostgresParams {
 public:
  PostgresParams& Text(std::string_view text) { return Own(std::string(text)); }
  PostgresParams& Number(int64_t number);
  PostgresParams& Flag(bool flag) { return Own(std::string(1, flag ? '\1' : '\0')); }
  PostgresParams& Null();
  // `bytes` has to live until it was sent; a report is not copied here.
  PostgresParams& BytesView(std::string_view bytes);
  PostgresParams& Own(std::string value);

  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::deque<std::string> owned_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

// Rows for a statement that takes one array for each column, so that many rows
// are one execution. `columns` has a letter for each: t text, n bigint,
// f boolean, b bytea.
class PostgresRows {
 public:
  explicit PostgresRows(const char* columns);

  // Values in order of columns, row after row.
  PostgresRows& Text(std::string_view text) { return Add(text); }
  PostgresRows& Bytes(std::string_view bytes) { return Add(bytes); }
  PostgresRows& Number(int64_t number);
  PostgresRows& Flag(bool flag);
  PostgresRows& Null();
  PostgresRows& OptionalText(bool is_present, std::string_view text) { return is_present ? Text(text) : Null(); }
  PostgresRows& OptionalBytes(bool is_present, std::string_view bytes) { return is_present ? Bytes(bytes) : Null(); }

  bool empty() const { return value_count_ == 0; }
  PostgresParams ToParams() const;

 private:
  struct Column {
    char letter;
    int32_t count = 0;
    bool has_null = false;
    std::string elements;
  };
  PostgresRows& Add(std::string_view value);
  Column& Next();

  std::vector<Column> columns_;
  size_t value_count_ = 0;
};

// Answer to one execution.
class PostgresResult {
 public:
  explicit PostgresResult(PGresult* result) : result_(result, PQclear) {}

  int rows() const { return PQntuples(result_.get()); }
  const PGresult* get() const { return result_.get(); }

 private:
  std::unique_ptr<PGresult, void (*)(PGresult*)> result_;
};

// One row of an answer; columns from 0.
class PostgresRow {
 public:
  PostgresRow(const PostgresResult& result, int row) : result_(result.get()), row_(row) {}

  bool IsNull(int column) const { return PQgetisnull(result_, row_, column) != 0; }
  int64_t Number(int column) const;
  int Int(int column) const { return static_cast<int>(Number(column)); }
  bool Flag(int column) const;
  std::string Text(int column) const;  // or bytes
  std::vector<std::string> Texts(int column) const;

 private:
  const PGresult* result_;
  int row_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_VALUES_H_
