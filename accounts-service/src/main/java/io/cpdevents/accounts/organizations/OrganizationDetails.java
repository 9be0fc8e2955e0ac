package io.cpdevents.accounts.organizations;

import jakarta.validation.constraints.NotNull;

/** What an organization's owner or admin can change about it. */
public record OrganizationDetails(@NotNull String name) {}
