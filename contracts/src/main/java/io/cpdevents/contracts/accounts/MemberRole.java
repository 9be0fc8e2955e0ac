package io.cpdevents.contracts.accounts;

/** What a member may do in an organization. */
public enum MemberRole {
  OWNER,
  ADMIN,
  FINANCE,
  STAFF
}
