// Starts the command-line client.
#include "main/command_line.h"

int main(int argc, char** argv) { return jixiao::cli::RunCommandLine(argc, argv); }
