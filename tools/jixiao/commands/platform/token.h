// `jixiao token`: signs tokens for development, and for an issuer of one's own.
#ifndef JIXIAO_COMMANDS_PLATFORM_TOKEN_H_
#define JIXIAO_COMMANDS_PLATFORM_TOKEN_H_

#include <string>

#include "commands/output.h"

namespace jixiao::cli {

struct TokenArguments {
  std::string key_file;  // private key, PEM
  std::string subject;
  std::string issuer = "jixiao";
  std::string audience = "jixiao-intake";
  int minutes = 10;
};

// Prints a token and nothing else.
int RunTokenSign(const TokenArguments& arguments, const Output& output);

// Prints the key set that services check these tokens with.
int RunTokenKeys(const TokenArguments& arguments, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_PLATFORM_TOKEN_H_
