package io.cpdevents.accounts.auditlog;

/** Who has done something. */
public enum ActorKind {
  ACCOUNT,
  API_KEY,
  SYSTEM
}
