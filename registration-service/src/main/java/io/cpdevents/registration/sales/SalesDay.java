package io.cpdevents.registration.sales;

import io.cpdevents.platform.money.Money;
import java.time.LocalDate;

/**
 * What was sold of an event on a day.
 *
 * @param date in the event's time zone
 * @param registrations that were confirmed on it
 * @param tickets that they have
 * @param cancelledTickets those of them that were cancelled, whenever that was
 * @param total what all of them cost, those that were cancelled included
 */
public record SalesDay(
    LocalDate date, int registrations, int tickets, int cancelledTickets, Money total) {

  /** The same with what was sold at another time of the day. */
  SalesDay plus(SalesDay more) {
    return new SalesDay(
        date,
        registrations + more.registrations,
        tickets + more.tickets,
        cancelledTickets + more.cancelledTickets,
        total.plus(more.total));
  }
}
