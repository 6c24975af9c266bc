// For tests: the child that takes office files apart, without the service around it.
#include <string_view>

#include "intake/reader/office/isolated_reader.h"

int main(int argc, char** argv) {
  if (argc != 3 || std::string_view(argv[1]) != jixiao::intake::kReaderArgument) return 2;
  return jixiao::intake::ReadDocumentAsChild(argv[2]);
}
