// What a batch of writes knows of one table: rows that were read, and rows that
// are to be written, in one view. The changes of the work that runs can be taken
// back, as if it had never run.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_BATCH_TABLE_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_BATCH_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace jixiao::intake {

// Rows by key.
template <typename Key, typename Row>
class BatchTable {
 public:
  // Null if nothing is known; a pointer to nothing if there is no such row.
  const std::optional<Row>* Find(const Key& key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second.row;
  }

  // What the database has. A change of the batch weighs more.
  void Load(const Key& key, std::optional<Row> row) { entries_.try_emplace(key, Entry{std::move(row), false}); }

  // A change: the row as it is from now on, nothing to delete it.
  void Set(const Key& key, std::optional<Row> row) {
    const auto found = entries_.find(key);
    undo_.emplace_back(key, found == entries_.end() ? std::nullopt : std::optional<Entry>(found->second));
    entries_[key] = Entry{std::move(row), true};
  }

  void Keep() { undo_.clear(); }
  void Undo() {
    for (auto change = undo_.rbegin(); change != undo_.rend(); ++change) {
      if (change->second.has_value()) {
        entries_[change->first] = *std::move(change->second);
      } else {
        entries_.erase(change->first);
      }
    }
    undo_.clear();
  }

  // All changes by key: `use(key, row or nothing)`.
  template <typename Use>
  void ForEachChange(Use use) const {
    for (const auto& [key, entry] : entries_) {
      if (entry.is_changed) use(key, entry.row);
    }
  }
  bool HasChanges() const {
    return std::any_of(entries_.begin(), entries_.end(), [](const auto& each) { return each.second.is_changed; });
  }
  bool IsChanged(const Key& key) const {
    const auto found = entries_.find(key);
    return found != entries_.end() && found->second.is_changed;
  }

 private:
  struct Entry {
    std::optional<Row> row;
    bool is_changed = false;
  };
  std::map<Key, Entry> entries_;
  std::vector<std::pair<Key, std::optional<Entry>>> undo_;
};

// Rows that are only added and never asked for.
template <typename Row>
class BatchList {
 public:
  void Add(Row row) { rows_.push_back(std::move(row)); }
  void Keep() { kept_ = rows_.size(); }
  void Undo() { rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(kept_), rows_.end()); }
  const std::vector<Row>& rows() const { return rows_; }
  bool HasChanges() const { return !rows_.empty(); }

 private:
  std::vector<Row> rows_;
  size_t kept_ = 0;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_BATCH_TABLE_H_
