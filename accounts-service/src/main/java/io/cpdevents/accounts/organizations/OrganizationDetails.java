package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.text.OneLine;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;

/** What an organization's owner or admin can change about it. */
@Schema(name = "NewOrganization")
public record OrganizationDetails(
    @NotBlank
        @OneLine(max = OrganizationDetails.MAX_NAME_CHARACTERS)
        @Schema(example = "Toronto Academy of Medicine")
        String name) {

  static final int MAX_NAME_CHARACTERS = 200;
}
