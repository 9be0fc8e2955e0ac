package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.text.OneLine;
import jakarta.validation.constraints.NotBlank;

/** What an organization's owner or admin can change about it. */
public record OrganizationDetails(
    @NotBlank @OneLine(max = OrganizationDetails.MAX_NAME_CHARACTERS) String name) {

  static final int MAX_NAME_CHARACTERS = 200;
}
