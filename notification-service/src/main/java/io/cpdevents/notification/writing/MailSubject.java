package io.cpdevents.notification.writing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one mail is about, as it is stored with the mail: a record of ids, amounts and dates, never
 * of names, addresses, links or codes. Each {@link MailKind} has one of its own.
 */
public interface MailSubject {

  /** Who sees the mail in its list, and may send it again; null: no organization. */
  default @Nullable UUID organizationId() {
    return null;
  }

  /**
   * Whether it goes to the person whose mail it is; otherwise to an address that is kept nowhere.
   */
  default boolean goesToAccount() {
    return true;
  }

  /** The registration by which the list can be searched; null when it is about none. */
  default @Nullable UUID registrationId() {
    return null;
  }
}
