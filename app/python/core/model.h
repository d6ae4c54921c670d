// Conversions of what goes to a language model's server and comes from it.
#pragma once

#include "app/http/http_request.h"
#include "app/python/core/convert.h"

namespace sqlenv::python {

// (url, [(header, value), …], body)
nb::tuple request_tuple(const HttpRequest& request);

// A dict with status, body, failure (a name of HttpFailure), retry_after and location.
HttpReply read_http_reply(const nb::dict& fields);

}  // namespace sqlenv::python
