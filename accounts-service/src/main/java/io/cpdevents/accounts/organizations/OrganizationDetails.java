package io.cpdevents.accounts.organizations;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** What an organization's owner or admin can change about it. */
@Schema(name = "NewOrganization")
public record OrganizationDetails(@NotNull String name) {}
