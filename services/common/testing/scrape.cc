#include "common/testing/scrape.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "common/testing/loopback.h"

namespace jixiao::testing {

std::string HttpGet(int port, const std::string& path) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = Loopback(port);
  std::string response;
  const std::string request = fmt::format("GET {} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n", path);
  if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
      send(socket, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    char part[4096];
    ssize_t got = 0;
    while ((got = recv(socket, part, sizeof(part), 0)) > 0) response.append(part, static_cast<size_t>(got));
  }
  close(socket);
  const size_t body = response.find("\r\n\r\n");
  return body == std::string::npos ? "" : response.substr(body + 4);
}

double Scrape(int port, const std::string& series) {
  const std::string page = "\n" + HttpGet(port, "/metrics");
  const size_t found = page.find("\n" + series + " ");
  return found == std::string::npos ? -1 : std::atof(page.c_str() + found + series.size() + 2);
}

}  // namespace jixiao::testing
