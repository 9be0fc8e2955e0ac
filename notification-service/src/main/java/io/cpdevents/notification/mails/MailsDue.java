package io.cpdevents.notification.mails;

/** Said inside a transaction that makes mails due; what sends mails hears it after the commit. */
public record MailsDue() {}
