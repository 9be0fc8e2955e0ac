package io.cpdevents.registration.checkin;

/** What a scan means, as far as all scans of the ticket are known. */
public enum ScanResult {
  /** Somebody has come in with the ticket. */
  CHECKED_IN,
  /** They have left. */
  CHECKED_OUT,
  /** Somebody was inside with the ticket: another scan was earlier. */
  ALREADY_CHECKED_IN,
  /** Nobody was inside with the ticket. */
  NOT_CHECKED_IN,
  /** It counted, and was taken back. */
  UNDONE,
  /** No such ticket let anybody in at that time. */
  TICKET_NOT_VALID,
  /** The doors were not open yet. */
  TOO_EARLY,
  /** The doors were closed. */
  TOO_LATE,
  /** The scanner's clock is wrong: this time has not come. */
  IN_THE_FUTURE,
  /** The ticket was scanned too often for a person. */
  TOO_MANY_SCANS
}
