package io.cpdevents.accounts.members;

import io.cpdevents.platform.security.OrganizationRole;
import jakarta.validation.constraints.NotNull;

/** What can be changed about a member. */
public record MemberDetails(@NotNull OrganizationRole role) {}
