#include "conformance/draft.h"

#include <fmt/format.h>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::conformance {
namespace {

bool CutEnd(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

void SetNumber(report::v1::Value& value, const std::string& text, Scale scale) {
  value.clear_number();
  const auto number = ReadFigure(text, scale);
  if (!number) return;
  switch (scale) {
    case Scale::kMoney: value.set_amount_fen(*number); break;
    case Scale::kPoints: value.set_points_milli(*number); break;
    case Scale::kRate: value.set_rate_ppm(*number); break;
    case Scale::kCount: value.set_count_milli(*number); break;
  }
}

}  // namespace

std::optional<int64_t> ReadFigure(std::string_view text, Scale scale) {
  int digits = 3;
  switch (scale) {
    case Scale::kMoney:
      digits = CutEnd(text, "亿元") ? 10 : CutEnd(text, "万元") ? 6 : CutEnd(text, "元") ? 2 : 6;
      break;
    case Scale::kPoints: CutEnd(text, "分"); break;
    case Scale::kRate:
      // A bare number may be a share or a percentage; the reader leaves it open.
      if (!CutEnd(text, "%")) return std::nullopt;
      digits = 4;
      break;
    case Scale::kCount: CutEnd(text, "人"); break;
  }
  const auto decimal = ParseDecimal(text);
  if (!decimal) return std::nullopt;
  return Rescale(*decimal, digits);
}

void Draft::Keep(std::string key, Scale scale, int table, report::v1::Value& cell) {
  const auto number = ReadFigure(cell.as_written(), scale);
  if (!number) return;
  Figure figure;
  figure.key = std::move(key);
  figure.scale = scale;
  figure.table = table;
  figure.cell = &cell;
  figure.text = cell.as_written();
  figure.number = *number;
  figures_.push_back(std::move(figure));
}

int Draft::CellOf(std::string_view key, int table) const {
  for (size_t i = 0; i < figures_.size(); ++i) {
    if (figures_[i].cell != nullptr && figures_[i].key == key && figures_[i].table == table) return static_cast<int>(i);
  }
  return -1;
}

void Draft::Set(int index, const std::string& text) {
  Figure& figure = at(index);
  if (figure.cell != nullptr) {
    figure.cell->set_as_written(text);
    SetNumber(*figure.cell, text, figure.scale);
  } else {
    auto* paragraph = content().mutable_sections(figure.section)->mutable_paragraphs(figure.paragraph);
    const int64_t old_count = CodePointCount(figure.text);
    std::u32string chars = ToCodePoints(paragraph->text());
    chars.replace(static_cast<size_t>(figure.start_char), static_cast<size_t>(old_count), ToCodePoints(text));
    paragraph->set_text(ToUtf8(chars));
    for (Figure& other : figures_) {
      const bool is_behind = other.cell == nullptr && other.section == figure.section &&
                             other.paragraph == figure.paragraph && other.start_char > figure.start_char;
      if (is_behind) other.start_char += CodePointCount(text) - old_count;
    }
  }
  figure.text = text;
  figure.number = ReadFigure(text, figure.scale).value_or(0);
}

report::v1::Address Draft::AddressOf(int index) const {
  const Figure& figure = at(index);
  if (figure.cell != nullptr) return figure.cell->address();
  const auto& section = report_->content().sections(figure.section);
  report::v1::Address address;
  const bool headed = !section.heading().empty();
  address.set_label(fmt::format("正文 {} · 第 {} 段 · “{}”", headed ? section.number() + section.heading() : "开头部分",
                                figure.paragraph + 1, figure.text));
  address.set_part(report::v1::PART_SECTION);
  address.set_part_index(figure.section);
  address.set_row_index(figure.paragraph);
  address.set_start_char(static_cast<int32_t>(figure.start_char));
  address.set_char_count(static_cast<int32_t>(CodePointCount(figure.text)));
  return address;
}

void WriteCell(report::v1::Value& value, const std::string& text, std::optional<Scale> scale,
               const report::v1::Address& address) {
  value.set_as_written(text);
  *value.mutable_address() = address;
  if (scale) SetNumber(value, text, *scale);
}

}  // namespace jixiao::conformance
