// A progress bar on standard error for work on many files.
#ifndef JIXIAO_COMMANDS_PROGRESS_H_
#define JIXIAO_COMMANDS_PROGRESS_H_

#include <cstddef>

namespace jixiao::cli {

// Shown only if standard error is a terminal and there are more than a handful;
// standard output stays clean. Wiped when it ends.
class Progress {
 public:
  explicit Progress(size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Advance();

  // Takes the bar away while something else is printed on the same terminal.
  void Hide();

 private:
  void Draw();

  size_t total_;
  size_t done_ = 0;
  bool is_shown_;
};

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_PROGRESS_H_
