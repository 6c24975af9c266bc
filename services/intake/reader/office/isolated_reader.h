// Reads office files in a child process, so that a flaw in a parser is no flaw of
// the service: the child has no files, no network, 512 MB and ten seconds.
#ifndef JIXIAO_INTAKE_READER_OFFICE_ISOLATED_READER_H_
#define JIXIAO_INTAKE_READER_OFFICE_ISOLATED_READER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "intake/reader/labels/reader_data.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// With this argument, and the folder of the reader's data behind it, a program is
// started as such a child; its main then calls ReadDocumentAsChild before anything else.
inline constexpr char kReaderArgument[] = "--read-document";

// How documents are read.
struct IsolatedReader {
  std::string program;  // to start as child; `/proc/self/exe` for one's own
  std::string soffice;  // as for ReadDocument
  std::string folder;   // what `data` was loaded from; the child loads it again
  ReaderData data;
};

// As ReadDocument; text is read here. INVALID_ARGUMENT, with advice in Chinese, if the
// child breaks on the file.
absl::StatusOr<report::v1::Report> ReadDocumentIsolated(std::string_view bytes, const IsolatedReader& reader);

// Leaves this process memory, its open streams and the end: all that reading bytes
// into bytes takes. Every other system call fails from now on. False if the kernel
// cannot do that.
bool ConfineProcess();

// Loads the reader's data from `folder`, confines itself, reads a document from standard
// input and writes what came of it to standard output; returns the exit code.
int ReadDocumentAsChild(const std::string& folder);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_ISOLATED_READER_H_
