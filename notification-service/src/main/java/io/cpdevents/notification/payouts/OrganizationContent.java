package io.cpdevents.notification.payouts;

/** What mails to an organization's owner say about it. */
record OrganizationContent(String name) {}
