package io.cpdevents.notification.mails;

/** Published inside a transaction that makes mails due; the sending loop hears it at the commit. */
public record MailsDue() {}
