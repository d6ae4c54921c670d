/* SQLite's own tokenizer, for core/sql/sql_tokens alone. Defined in sqlite_metered.c, since SQLite
** does not export it. */
#ifndef SQLENV_CORE_SQL_SQLITE_TOKEN_H_
#define SQLENV_CORE_SQL_SQLITE_TOKEN_H_

#ifdef __cplusplus
extern "C" {
#endif

enum SqlenvTokenKind {
  SQLENV_TOKEN_BLANK,   /* white space or a comment */
  SQLENV_TOKEN_NAME,    /* quoted or not */
  SQLENV_TOKEN_KEYWORD, /* some may still be names where they stand */
  SQLENV_TOKEN_OTHER,
  SQLENV_TOKEN_ILLEGAL
};

/* The length in bytes of the token at the front of `text`, which a NUL ends; 0 at that NUL. */
int sqlenv_token(const char* text, enum SqlenvTokenKind* kind);

#ifdef __cplusplus
}
#endif

#endif
