package io.cpdevents.registration.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * What people who have not paid may keep from others. Without limits one request holds all places
 * that are left, and when it runs out the next one does.
 *
 * @param maxPerAccount how many unpaid registrations for the event one account may have at a time
 * @param maxShareBasisPoints how much of the places that are left the unpaid registrations of one
 *     account may take together, of the event and of a ticket type with a quota; 10,000 is
 *     everything. {@link #MIN_PLACES_OF_HOLD} they may always take, and the least that ticket types
 *     are sold in
 * @param repeatedMinutes how long places wait for money when the account has let a registration for
 *     the event run out unpaid within a day
 */
public record HoldLimits(
    @NotNull @Min(1) @Max(HoldLimits.MAX_PER_ACCOUNT) Integer maxPerAccount,
    @NotNull @Min(1) @Max(HoldLimits.ALL_BASIS_POINTS) Integer maxShareBasisPoints,
    @NotNull @Min(HoldLimits.MIN_MINUTES) @Max(HoldLimits.MAX_MINUTES) Integer repeatedMinutes) {

  /** So many friends may book the last places together. */
  public static final int MIN_PLACES_OF_HOLD = 5;

  static final int MAX_PER_ACCOUNT = 100;
  static final int ALL_BASIS_POINTS = 10_000;

  /** As long as somebody needs to type the number of a card. */
  static final int MIN_MINUTES = 10;

  /** As long as the first hold. */
  static final int MAX_MINUTES = 30;

  private static final int DEFAULT_PER_ACCOUNT = 3;
  private static final int DEFAULT_SHARE_BASIS_POINTS = 5_000;
  private static final int DEFAULT_REPEATED_MINUTES = 15;

  /** Three at a time, half of what is left, and 15 minutes from the second time on. */
  public static final HoldLimits DEFAULT =
      new HoldLimits(DEFAULT_PER_ACCOUNT, DEFAULT_SHARE_BASIS_POINTS, DEFAULT_REPEATED_MINUTES);

  /**
   * How many places the unpaid registrations of one account may take.
   *
   * @param placesLeft those that are left to it: what it holds already with them
   * @param smallest how many it must take at least: what can be sold in groups only is sold to the
   *     last one
   */
  public int placesOf(int placesLeft, int smallest) {
    long share = Math.ceilDiv((long) placesLeft * maxShareBasisPoints, ALL_BASIS_POINTS);
    return Math.toIntExact(Math.max(alwaysHeld(smallest), share));
  }

  /** How many they may take however few are left. */
  public static int alwaysHeld(int smallest) {
    return Math.max(MIN_PLACES_OF_HOLD, smallest);
  }
}
