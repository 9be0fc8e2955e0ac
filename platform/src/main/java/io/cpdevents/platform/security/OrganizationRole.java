package io.cpdevents.platform.security;

/** A member's role in an organization. */
public enum OrganizationRole {
  OWNER,
  ADMIN,
  FINANCE,
  /** Check-in only. */
  STAFF;

  /**
   * Whether a member with this role may give that one, or take it away: nobody gives rights that
   * they do not have themselves. An admin may not have money paid out, so finance is the owner's to
   * give.
   */
  public boolean mayGive(OrganizationRole role) {
    return switch (this) {
      case OWNER -> true;
      case ADMIN -> role == ADMIN || role == STAFF;
      case FINANCE, STAFF -> false;
    };
  }
}
