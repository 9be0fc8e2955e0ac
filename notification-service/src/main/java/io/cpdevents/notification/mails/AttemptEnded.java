package io.cpdevents.notification.mails;

/** Published when an attempt to send a mail has ended: the sending loop saves what became of it. */
public record AttemptEnded() {}
