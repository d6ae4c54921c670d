"""The launcher of SQLEnv's server."""
