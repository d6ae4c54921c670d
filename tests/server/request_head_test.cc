#include "app/server/request_head.h"

#include <gtest/gtest.h>

#include <string>

namespace sqlenv {
namespace {

using namespace std::string_literals;

std::string head(const std::string& fields, const std::string& line = "GET / HTTP/1.1") {
  return line + "\r\n" + fields + "\r\n";
}

constexpr char kHost[] = "Host: localhost\r\n";

TEST(RequestHead, EndsWithAnEmptyLine) {
  const std::string whole = head(kHost);
  EXPECT_EQ(head_size(whole), whole.size());
  EXPECT_EQ(head_size(whole + "GET / HTTP/1.1\r\n\r\n"), whole.size());
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(head_size(whole.substr(0, size)), 0u) << size;
  EXPECT_EQ(head_size("GET / HTTP/1.1\n\nrest"), 16u);  // refused, but not waited for
  EXPECT_EQ(head_size("GET / HTTP/1.1\n\r\nrest"), 17u);
}

TEST(RequestHead, IsFoundInPieces) {
  const std::string whole = head(kHost);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(head_size(whole, size), whole.size()) << size;
}

TEST(RequestHead, AcceptsWhatIsClear) {
  const std::string host = kHost;
  for (const std::string& fields :
       {host, "host:localhost\r\n"s, "HOST: \t[::1]:8000\t \r\n"s, "Host: a_b.example:\r\n"s,
        host + "Content-Length: 0\r\n", host + "Content-Length: 1048576\r\n",
        host + "Transfer-Encoding: Chunked\r\n", host + "X:\r\n", host + "X: \xc3\xa4\xff\r\n",
        host + "X: a\r\nX: b\r\n", "!#$%&'*+-.^_`|~1aA: \r\n" + host})
    EXPECT_EQ(head_problem(head(fields)), "") << fields;
  for (const char* line : {"GET / HTTP/1.1", "M-SEARCH /a?b=c%00 HTTP/1.1", "OPTIONS * HTTP/1.1",
                           "GET http://localhost HTTP/1.1", "GET HTTPS://LOCALHOST:443/a HTTP/1.1",
                           "GET http://localhost:80?a HTTP/1.1", "GET /\xc3\xa4 HTTP/1.0"})
    EXPECT_EQ(head_problem(head(kHost, line)), "") << line;
  EXPECT_EQ(head_problem(head("", "GET / HTTP/1.0")), "");
}

TEST(RequestHead, RefusesFieldsThatServersReadDifferently) {
  const std::string host = kHost;
  for (const std::string& fields :
       {""s,
        host + host,
        "Host:\r\n"s,
        "Host: a b\r\n"s,
        "Host: a/b\r\n"s,
        "Host: a,b/\r\n"s,
        "Host: []\r\n"s,
        "Host: [::1]x\r\n"s,
        "Host: a:b\r\n"s,
        "Host: a:123456\r\n"s,
        "Host: :80\r\n"s,
        "Host: \xc3\xa4\r\n"s,
        host + " X: y\r\n",
        host + "X: y\r\n z\r\n",
        host + "X\r\n",
        host + "X : y\r\n",
        host + ": y\r\n",
        host + "X: \0\r\n"s,
        host + "X: a\rb\r\n",
        host + "X: a\n",
        host + "X: \x7f\r\n",
        host + "Content-Length: 1\r\nContent-Length: 1\r\n",
        host + "Content-Length: 1,1\r\n",
        host + "Content-Length: +1\r\n",
        host + "Content-Length: 01\r\n",
        host + "Content-Length: 1000000000000000000\r\n",
        host + "Content-Length: \r\n",
        host + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
        host + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        host + "Transfer-Encoding: gzip, chunked\r\n",
        host + "Transfer-Encoding: \r\n",
        host + "Origin: null\r\nORIGIN: null\r\n"})
    EXPECT_NE(head_problem(head(fields)), "") << fields;
  EXPECT_NE(head_problem(head("Transfer-Encoding: chunked\r\n", "POST / HTTP/1.0")), "");
}

TEST(RequestHead, RefusesRequestLinesThatServersReadDifferently) {
  for (const std::string& line : {"GET /"s,
                                  "GET / HTTP/2.0"s,
                                  "GET / HTTP/1.2"s,
                                  "GET / HTTP/1.10"s,
                                  "GET / http/1.1"s,
                                  "get / HTTP/1.1"s,
                                  " GET / HTTP/1.1"s,
                                  "GET  / HTTP/1.1"s,
                                  "GET / HTTP/1.1 "s,
                                  "GET\t/ HTTP/1.1"s,
                                  "GET /\0 HTTP/1.1"s,
                                  "GET /a b HTTP/1.1"s,
                                  "GET a HTTP/1.1"s,
                                  "GET * HTTP/1.1"s,
                                  "GET /#a HTTP/1.1"s,
                                  "GET http:///a HTTP/1.1"s,
                                  "G(T / HTTP/1.1"s,
                                  "-ET / HTTP/1.1"s,
                                  "GET http://evil.example/ HTTP/1.1"s,
                                  "GET http://a@localhost/ HTTP/1.1"s,
                                  "GET ftp://localhost/ HTTP/1.1"s,
                                  "CONNECT localhost:80 HTTP/1.1"s,
                                  ""s})
    EXPECT_NE(head_problem(head(kHost, line)), "") << line;
  EXPECT_TRUE(begins_request("G"));
  EXPECT_FALSE(begins_request("\x16\x03\x01"));
  EXPECT_FALSE(begins_request("\r\n"));
}

}  // namespace
}  // namespace sqlenv
