package io.cpdevents.notification.mails;

/** How one attempt to send a mail ended. Reasons are codes, never text that a server wrote. */
public sealed interface SendOutcome {

  /** The mail server took it. */
  record Accepted() implements SendOutcome {}

  /** The mail server will never take it. */
  record Refused(String reason) implements SendOutcome {}

  /** Nobody needs it any more. */
  record Withdrawn(String reason) implements SendOutcome {}

  /** It cannot be sent now. */
  record Delayed(String reason, RetryWait retryWait) implements SendOutcome {}
}
