#include "commands/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace jixiao::cli {
namespace {

constexpr size_t kFewestShown = 5;
constexpr size_t kBarWidth = 30;

}  // namespace

Progress::Progress(size_t total) : total_(total), is_shown_(total >= kFewestShown && isatty(STDERR_FILENO) != 0) {
  Draw();
}

Progress::~Progress() { Hide(); }

void Progress::Advance() {
  ++done_;
  Draw();
}

void Progress::Hide() {
  if (!is_shown_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

void Progress::Draw() {
  if (!is_shown_) return;
  const size_t filled = kBarWidth * done_ / total_;
  const std::string bar = fmt::format("\r\x1b[K[{}{}] {}/{}", std::string(filled, '#'),
                                      std::string(kBarWidth - filled, '.'), done_, total_);
  std::fputs(bar.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace jixiao::cli
