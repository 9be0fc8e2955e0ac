package io.cpdevents.platform.security;

/** A member's role in an organization. */
public enum OrganizationRole {
  OWNER,
  ADMIN,
  FINANCE,
  /** Check-in only. */
  STAFF
}
