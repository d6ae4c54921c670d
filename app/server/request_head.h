// The strict check of an HTTP request's head, its request line and fields, as raw bytes.
//
// A proxy and a server behind it that read one request differently can be made to take a body for a
// second request (request smuggling), and a parser that tolerates errors cannot show them
// afterwards. So heads that RFC 9112 leaves to the reader are refused before they are parsed.
// Pure functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace sqlenv {

// The length of the head at the beginning of `bytes`, its empty line included; 0 if its end has not
// arrived. Also finds the end of a head whose lines end with LF alone, so that it is refused at
// once. `searched`: how many of the bytes an earlier call has seen.
std::size_t head_size(std::string_view bytes, std::size_t searched = 0);

// What is wrong with a whole head, as a sentence for the client; empty if nothing is.
//
// Accepted: a method of capital letters, a target that is a path, a whole http address or the "*"
// of OPTIONS, and HTTP/1.0 or 1.1, with one blank between them; lines that end with CR LF; fields
// of a name, a colon and a value without control characters; one Host, which HTTP/1.0 may leave
// out, equal to the address in the target if there is one; at most one Content-Length, a plain
// number, or one Transfer-Encoding, "chunked" and nothing else; and at most one of each field that
// decides who may ask.
std::string_view head_problem(std::string_view head);

// Whether a request may begin so. False for TLS and for empty lines.
bool begins_request(std::string_view bytes);

}  // namespace sqlenv
