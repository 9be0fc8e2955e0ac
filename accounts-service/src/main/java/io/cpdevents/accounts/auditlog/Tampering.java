package io.cpdevents.accounts.auditlog;

/** What somebody did to the audit log, as far as the log shows it. */
public enum Tampering {
  /** The entry says something else than when it was written, or cannot even be read any more. */
  CHANGED,
  /** The entry stood at another place, later in the log. */
  SWAPPED,
  /** The entry is gone, and later ones are there. */
  DELETED,
  /** The entry and all that followed it are gone: the log had more entries when it was anchored. */
  DELETED_AT_END,
  /**
   * From this entry on the hashes fit each other, but are not what this service computed; or they
   * are computed with its key, and differ from what was anchored.
   */
  COMPUTED_ANEW,
  /**
   * The entry names a key that this service does not hold: it was written by somebody else, or a
   * key of earlier days is missing from the configuration.
   */
  UNKNOWN_KEY,
  /**
   * The entry is under a key of earlier days, though entries under the present one stand before it:
   * it was written by somebody who knows the former one.
   */
  RETIRED_KEY
}
