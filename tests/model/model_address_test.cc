#include "app/model/model_address.h"

#include <gtest/gtest.h>

#include <string>

namespace sqlenv {
namespace {

std::string chat_url(std::string_view text) {
  const Result<ModelAddress> address = parse_model_address(text);
  return address ? model_url(*address, Dialect::kChat) : address.error().to_string();
}

TEST(ModelAddressTest, WhatPeopleWriteLeadsToTheSameUrl) {
  for (const char* text :
       {"http://localhost:8080", "http://localhost:8080/", " http://localhost:8080/v1\n",
        "HTTP://localhost:8080/v1/", "http://localhost:8080/v1/chat/completions",
        "http://localhost:8080/v1/completions", "http://localhost:8080/v1/chat/completions/"})
    EXPECT_EQ(chat_url(text), "http://localhost:8080/v1/chat/completions") << text;
  EXPECT_EQ(model_url(*parse_model_address("http://localhost:8080/v1/chat/completions"),
                      Dialect::kCompact),
            "http://localhost:8080/v1/completions");
}

TEST(ModelAddressTest, PathsOfHostedServersAreKept) {
  EXPECT_EQ(chat_url("https://models.example/api/v1"),
            "https://models.example/api/v1/chat/completions");
  EXPECT_EQ(chat_url("https://models.example/v1beta/openai/"),
            "https://models.example/v1beta/openai/chat/completions");
  EXPECT_EQ(chat_url("https://[2001:db8::1]:8443"),
            "https://[2001:db8::1]:8443/v1/chat/completions");
}

TEST(ModelAddressTest, AnythingElseIsAnErrorThatSaysWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "is empty"},
      {"localhost:8080", "begin with http"},
      {"ftp://localhost", "begin with http"},
      {"http://", "no host"},
      {"http:///v1", "no host"},
      {"http://:80", "no host"},
      {"http://a b", "no host"},
      {"http://[::1", "no host"},
      {"http://host:0", "port"},
      {"http://host:65536", "port"},
      {"http://host:99999999999999999999", "port"},
      {"http://host:", "port"},
      {"http://host:8a", "port"},
      {"http://host/v1?api-version=3", "? or #"},
      {"http://host/v1#x", "? or #"},
      {"http://host/v 1", "path"},
      {"http://host//v1", "path"},
      {"http://host/v1\r\nX-Evil: 1", "path"},
  };
  for (const auto& [text, problem] : cases) {
    const Result<ModelAddress> address = parse_model_address(text);
    ASSERT_FALSE(address) << text;
    EXPECT_EQ(address.error().code, ErrorCode::kBadOption);
    EXPECT_NE(address.error().message.find(problem), std::string::npos)
        << text << ": " << address.error().message;
  }
}

TEST(ModelAddressTest, APasswordIsNotRepeated) {
  const Result<ModelAddress> address = parse_model_address("https://me:hunter2@host/v1");
  ASSERT_FALSE(address);
  EXPECT_EQ(address.error().message.find("hunter2"), std::string::npos);
  EXPECT_NE(address.error().message.find("password"), std::string::npos);
}

TEST(ModelAddressTest, LocalAddressesAreThoseOfThisMachine) {
  for (const char* text : {"http://localhost", "http://LOCALHOST:8080", "http://127.0.0.1:1/v1",
                           "http://[::1]:8080", "http://a.localhost"})
    EXPECT_TRUE(is_local(*parse_model_address(text))) << text;
  for (const char* text : {"http://127.0.0.1.example", "http://localhost.example",
                           "http://192.168.1.2", "http://host/localhost"})
    EXPECT_FALSE(is_local(*parse_model_address(text))) << text;
}

}  // namespace
}  // namespace sqlenv
