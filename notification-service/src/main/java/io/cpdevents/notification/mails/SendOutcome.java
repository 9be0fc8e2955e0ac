package io.cpdevents.notification.mails;

/** How one attempt to send a mail ended. Reasons are codes, never text that a server wrote. */
public sealed interface SendOutcome {

  /** The mail server took it. */
  record Accepted() implements SendOutcome {}

  /** It will never be taken. */
  record Refused(String reason) implements SendOutcome {}

  /** Its cause is gone: nobody needs it. */
  record Withdrawn(String reason) implements SendOutcome {}

  /** Not now. */
  record Delayed(String reason, RetryWait retryWait) implements SendOutcome {}
}
