package io.cpdevents.platform.security;

/** What a member may do in an organization. */
public enum OrganizationRole {
  OWNER,
  ADMIN,
  FINANCE,
  /** Check-in only. */
  STAFF
}
