// Text for a terminal: how wide it is, how it is padded and wrapped, and that
// nothing a report says can steer the terminal.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_TERMINAL_TEXT_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_TERMINAL_TEXT_H_

#include <string>
#include <string_view>

namespace jixiao::cli {

// What the terminal can do. Width 0: lines are not wrapped.
struct Style {
  bool colour = false;
  int width = 0;
};

// Columns `text` takes: Chinese characters and full-width signs take two,
// combining and invisible ones none.
int DisplayWidth(std::string_view text);

// Any bytes as well-formed text on one line, without control and direction
// characters and with runs of blanks as one: reports come from strangers, and an
// escape sequence in a cell must not reach a clerk's terminal. The functions
// below take well-formed text only.
std::string SafeText(std::string_view text);

// `text` cut to at most `width` columns, the last one `…` if something was cut.
std::string CutToWidth(std::string_view text, int width);

// `text` filled with blanks to `width` columns.
std::string PadRight(std::string_view text, int width);
std::string PadLeft(std::string_view text, int width);

// `text` in lines of at most `width` columns, every line but the first led by
// `indent` blanks; the first starts at column `indent` too. A line never starts
// with closing punctuation or ends with an opening bracket. Width 0 wraps nothing.
std::string Wrap(std::string_view text, int indent, int width);

std::string Bold(const Style& style, std::string_view text);
std::string Faint(const Style& style, std::string_view text);
std::string Red(const Style& style, std::string_view text);
std::string Yellow(const Style& style, std::string_view text);
std::string Cyan(const Style& style, std::string_view text);
std::string Green(const Style& style, std::string_view text);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_TERMINAL_TEXT_H_
