package io.cpdevents.registration.usage;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an organization has used in this period.
 *
 * @param publications events that were published
 * @param registrations registrations that were confirmed; their limit never stops one, but the next
 *     publication
 */
@Schema(name = "Usage")
public record UsageView(UsagePeriod period, Counted publications, Counted registrations) {

  /**
   * What is counted.
   *
   * @param limit null when there is none
   */
  @Schema(name = "UsageCount")
  public record Counted(int used, @Nullable Integer limit) {}
}
