package io.cpdevents.registration.registrations;

import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/** What tickets cost: {@code price - discount = total}. */
public record Quote(List<Line> lines, Money price, Money discount, Money total) {

  /**
   * The tickets of one type.
   *
   * @param ticketPrice of one ticket
   * @param price of all of them
   */
  @Schema(name = "QuoteLine")
  public record Line(
      UUID ticketTypeId,
      String ticketTypeName,
      int quantity,
      Money ticketPrice,
      Money price,
      Money discount,
      Money total) {}
}
