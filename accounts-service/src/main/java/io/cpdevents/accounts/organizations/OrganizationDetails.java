package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.text.OneLine;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

/**
 * What an organization's owner or admin can change about it.
 *
 * @param factorRequired whether its owners, admins and finance need a second factor, which the
 *     owner decides; left out: no
 */
@Schema(name = "OrganizationSettings")
public record OrganizationDetails(
    @NotBlank
        @OneLine(max = OrganizationDetails.MAX_NAME_CHARACTERS)
        @Schema(example = "Toronto Academy of Medicine")
        String name,
    @Nullable @Schema(example = "false") Boolean factorRequired) {

  public static final int MAX_NAME_CHARACTERS = 200;

  boolean asksForFactor() {
    return Boolean.TRUE.equals(factorRequired);
  }
}
