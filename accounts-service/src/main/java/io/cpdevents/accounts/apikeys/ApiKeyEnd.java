package io.cpdevents.accounts.apikeys;

/** Why an API key has ended. */
enum ApiKeyEnd {
  REVOKED,
  MAKER_LOST_ROLE,
  MAKER_LEAVES,
  EXPIRED
}
