#include <fmt/format.h>

#include <algorithm>

#include "common/domain/decimal.h"
#include "common/domain/division_code.h"
#include "common/domain/divisions.h"
#include "conformance/book.h"

namespace jixiao::conformance {
namespace {

// Money is in steps of 0.01 万元, as the forms print it.
constexpr int64_t kStep = 10'000;
constexpr int64_t kWan = 1'000'000;

int64_t ToStep(int64_t fen) { return fen / kStep * kStep; }

int64_t Part(int64_t fen, int64_t per_mille) { return ToStep(MulDiv(fen, per_mille, 1'000)); }

// `430000` covers `430611`, `000000` everything.
std::string_view AreaOf(const std::string& code) {
  const size_t end = code.find_last_not_of('0');
  const size_t length = end == std::string::npos ? 0 : (end + 2) / 2 * 2;
  return std::string_view(code).substr(0, length);
}

// Initial, adjusted and executed around `size`: the budget moves by less than a
// tenth, at most all of it is spent.
Funds DrawFunds(int64_t size, bool may_change, Random& random) {
  Funds funds;
  funds.initial = std::max<int64_t>(ToStep(size), 100 * kStep);
  funds.adjusted = random.Chance(35) || !may_change ? funds.initial : Part(funds.initial, random.Between(955, 1'080));
  if (funds.adjusted == 0) funds.adjusted = funds.initial;
  funds.executed = random.Chance(45) ? funds.adjusted : Part(funds.adjusted, random.Between(870, 998));
  return funds;
}

Amounts DrawAmounts(int64_t budget, Random& random) {
  Amounts amounts;
  amounts.budget = ToStep(budget);
  amounts.final = random.Chance(20) ? amounts.budget : Part(amounts.budget, random.Between(800, 998));
  amounts.prior = Part(amounts.budget, random.Between(700, 1'300));
  return amounts;
}

void DrawPublicFunds(int64_t size, Book& book, Random& random) {
  book.office = DrawAmounts(Part(size, random.Between(550, 700)), random);
  book.utilities = DrawAmounts(Part(size, random.Between(180, 260)), random);
  book.meetings = random.Chance(20) ? Amounts{} : DrawAmounts(Part(size, random.Between(60, 120)), random);
  book.reception = DrawAmounts(Part(size, random.Between(20, 45)), random);
  if (random.Chance(55)) book.vehicle_running = DrawAmounts(Part(size, random.Between(40, 80)), random);
  if (random.Chance(10)) book.vehicle_purchase = DrawAmounts(random.Between(1'500, 2'400) * kStep, random);
  if (random.Chance(8)) book.abroad = DrawAmounts(random.Between(300, 900) * kStep, random);
  const Amounts sum = book.PublicFunds();
  book.public_funds = {sum.budget, sum.budget, sum.final};
}

void DrawProjects(int64_t size, bool may_change, Book& book, Random& random) {
  std::vector<std::string_view> names(book.domain->projects.begin(), book.domain->projects.end());
  random.Shuffle(names);
  const int64_t count = random.Between(1, 4);
  for (int64_t i = 0; i < count; ++i) {
    ProjectBook& project = book.projects.emplace_back();
    project.name = names[static_cast<size_t>(i)];
    project.funds = DrawFunds(Part(size / count, random.Between(600, 1'400)), may_change, random);
    project.prior = random.Chance(25) ? 0 : Part(project.funds.adjusted, random.Between(700, 1'200));
  }
}

void DrawSources(Book& book, Random& random) {
  if (random.Chance(35)) book.government_fund = Part(book.projects.front().funds.executed, random.Between(200, 700));
  if (random.Chance(35)) book.other_money = Part(book.personnel.executed, random.Between(20, 150));
}

void DrawUnit(const scoring::v1::RuleSet& rule_set, const std::vector<Seat>& seats, Book& book, Random& random) {
  const auto& applies_to = rule_set.applies_to();
  book.year = static_cast<int>(random.Between(applies_to.first_fiscal_year(), applies_to.last_fiscal_year()));
  const Seat& seat = random.Pick(seats);
  book.domain = &random.Pick(Domains());
  book.division_code = seat.code;
  book.place = seat.name;
  book.unit_name = seat.name + std::string(book.domain->bureau);
  book.authorised_staff = random.Between(6, 160);
  book.actual_staff = book.authorised_staff - random.Between(0, book.authorised_staff / 8);
  book.retired_staff = random.Between(1, 40);
}

}  // namespace

std::vector<Seat> SeatsOf(const scoring::LoadedRuleSet& loaded) {
  const Divisions& divisions = loaded.divisions;
  std::vector<Seat> seats;
  for (const std::string& code : loaded.rule_set.applies_to().division_codes()) {
    const std::string_view area = AreaOf(code);
    for (const Divisions::Division& division : divisions.all()) {
      const std::string& county = division.code();
      if (!county.starts_with(area) || county.ends_with("00") || division.has_listed_until()) continue;
      seats.push_back({county, std::string(divisions.Name(ParentDivision(county))) + division.name()});
    }
    if (seats.empty()) seats.push_back({code, divisions.FullName(code)});
  }
  return seats;
}

Funds Book::Projects() const {
  Funds sum;
  for (const ProjectBook& project : projects) sum = sum + project.funds;
  return sum;
}

Book DrawBook(const scoring::v1::RuleSet& rule_set, const std::vector<Seat>& seats, Random& random) {
  Book book;
  DrawUnit(rule_set, seats, book, random);
  // Some regions want every change explained.
  const bool may_change = !rule_set.has_budget_change_note_ppm() || rule_set.budget_change_note_ppm() > 0;
  const int64_t personnel = book.actual_staff * random.Between(900, 1'600) * kStep;
  book.personnel = DrawFunds(personnel, may_change, random);
  DrawPublicFunds(Part(personnel, random.Between(100, 250)), book, random);
  DrawProjects(Part(personnel, random.Between(200, 2'500)) + 20 * kWan, may_change, book, random);
  DrawSources(book, random);
  book.table = DrawTable(rule_set, book, nullptr, random);
  for (ProjectBook& project : book.projects) {
    project.table = DrawTable(rule_set, book, &project, random);
  }
  return book;
}

}  // namespace jixiao::conformance
