// Reads office files in a child process, so that a flaw in a parser is no flaw of
// the service: the child has no files, no network, 512 MB and ten seconds.
#ifndef JIXIAO_INTAKE_READER_OFFICE_ISOLATED_READER_H_
#define JIXIAO_INTAKE_READER_OFFICE_ISOLATED_READER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// The argument with which a program is started as such a child; its main then
// calls ReadDocumentAsChild before anything else.
inline constexpr char kReaderArgument[] = "--read-document";

// As ReadDocument. `program` is the one to start as child, `/proc/self/exe` for
// one's own; text is read here. INVALID_ARGUMENT, with advice in Chinese, if the
// child breaks on the file.
absl::StatusOr<report::v1::Report> ReadDocumentIsolated(std::string_view bytes, const std::string& program,
                                                        const std::string& soffice);

// Leaves this process memory, its open streams and the end: all that reading bytes
// into bytes takes. Every other system call fails from now on. False if the kernel
// cannot do that.
bool ConfineProcess();

// Confines itself, reads a document from standard input and writes what came of it to standard
// output; returns the exit code.
int ReadDocumentAsChild();

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_ISOLATED_READER_H_
