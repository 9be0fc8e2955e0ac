package io.cpdevents.notification.members;

import io.cpdevents.notification.writing.Phrase;

/** What roles in an organization are called. */
public enum RoleName implements Phrase {
  OWNER,
  ADMIN,
  FINANCE,
  STAFF
}
