// A report in the making: its message and, beside it, every figure in a cell or
// in a sentence with what it states, so that a mistake can be planted and the
// truth be known.
#ifndef JIXIAO_CONFORMANCE_DRAFT_H_
#define JIXIAO_CONFORMANCE_DRAFT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::conformance {

enum class Scale { kMoney, kPoints, kRate, kCount };

// One figure. Money stands in 万元 unless a sentence names another unit.
struct Figure {
  // Fact key as services/scoring/README.md lists them; others start with `x.`
  // and are read by no relation.
  std::string key;
  Scale scale = Scale::kMoney;
  // Evaluation table that relations see the figure from; -1: base data table and
  // sentences, seen from the department table.
  int table = -1;
  report::v1::Value* cell = nullptr;  // null: in a sentence
  int section = 0;
  int paragraph = 0;
  int64_t start_char = 0;
  std::string text;    // as it stands, in a sentence with its unit
  int64_t number = 0;  // fen, 1/1000 point, ppm or 1/1000 count
};

// Reads `text` as a figure of `scale`; empty if it is none.
std::optional<int64_t> ReadFigure(std::string_view text, Scale scale);

// Owns a report; figures point into it.
class Draft {
 public:
  Draft() : report_(std::make_unique<report::v1::Report>()) {}

  report::v1::Report& report() { return *report_; }
  const report::v1::Report& report() const { return *report_; }
  report::v1::ReportContent& content() { return *report_->mutable_content(); }

  std::vector<Figure>& figures() { return figures_; }
  const std::vector<Figure>& figures() const { return figures_; }
  Figure& at(int index) { return figures_[static_cast<size_t>(index)]; }
  const Figure& at(int index) const { return figures_[static_cast<size_t>(index)]; }

  // Keeps `cell`, already written, as a figure if it holds a number.
  void Keep(std::string key, Scale scale, int table, report::v1::Value& cell);

  // Keeps a figure of a sentence.
  void Keep(Figure figure) { figures_.push_back(std::move(figure)); }

  // The first figure with `key` seen from `table`, in a cell; -1 if there is none.
  int CellOf(std::string_view key, int table) const;

  // Writes `text` over a figure. Later figures of the same sentence move.
  void Set(int figure, const std::string& text);

  report::v1::Address AddressOf(int figure) const;

 private:
  std::unique_ptr<report::v1::Report> report_;
  std::vector<Figure> figures_;
};

// Writes a cell: text, number by `scale` where it reads as one, and address.
void WriteCell(report::v1::Value& value, const std::string& text, std::optional<Scale> scale,
               const report::v1::Address& address);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_DRAFT_H_
