// For tests: addresses on this machine.
#ifndef JIXIAO_COMMON_TESTING_LOOPBACK_H_
#define JIXIAO_COMMON_TESTING_LOOPBACK_H_

#include <netinet/in.h>

#include <cstdint>

namespace jixiao::testing {

// 127.0.0.1; port 0 lets the kernel choose.
inline sockaddr_in Loopback(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_LOOPBACK_H_
