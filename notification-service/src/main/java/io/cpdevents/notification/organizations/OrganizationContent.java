package io.cpdevents.notification.organizations;

/** What mails to an organization's owner say about it. */
public record OrganizationContent(String name) {}
