package io.cpdevents.registration.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * What people who have not paid may keep from others. Without limits one request holds all places
 * that are left, and when it runs out the next one does.
 *
 * @param maxPerAccount how many unpaid registrations for the event one account may have at a time
 * @param maxShareBasisPoints how much of the places that are left the unpaid registrations of one
 *     account may take together, of the event and of a ticket type with a quota; 10,000 is
 *     everything. The least that ticket types are sold in they may always take
 * @param repeatedMinutes how long places wait for money when the account has let a registration for
 *     the event run out unpaid within a day
 * @param minPlaces so many they may always take, so that a few friends book the last places
 *     together; five when it is left out. It is one for an account that has not paid before
 */
public record HoldLimits(
    @NotNull @Min(1) @Max(HoldLimits.MAX_PER_ACCOUNT) Integer maxPerAccount,
    @NotNull @Min(1) @Max(HoldLimits.ALL_BASIS_POINTS) Integer maxShareBasisPoints,
    @NotNull @Min(HoldLimits.MIN_MINUTES) @Max(HoldLimits.MAX_MINUTES) Integer repeatedMinutes,
    @Nullable @Min(1) @Max(HoldLimits.MAX_FLOOR_PLACES) Integer minPlaces) {

  /** So many friends may book the last places together. */
  static final int MAX_FLOOR_PLACES = 5;

  static final int MAX_PER_ACCOUNT = 100;
  static final int ALL_BASIS_POINTS = 10_000;

  /** As long as somebody needs to type the number of a card. */
  static final int MIN_MINUTES = 10;

  /** As long as the first hold. */
  static final int MAX_MINUTES = 30;

  /** Whoever has not paid so often gets one place at a time. */
  private static final int MAX_LAPSED_HOLDS = 2;

  private static final int DEFAULT_PER_ACCOUNT = 3;
  private static final int DEFAULT_SHARE_BASIS_POINTS = 5_000;
  private static final int DEFAULT_REPEATED_MINUTES = 15;

  /** Three at a time, half of what is left, and 15 minutes from the second time on. */
  public static final HoldLimits DEFAULT =
      new HoldLimits(
          DEFAULT_PER_ACCOUNT,
          DEFAULT_SHARE_BASIS_POINTS,
          DEFAULT_REPEATED_MINUTES,
          MAX_FLOOR_PLACES);

  /** For places that were promised. */
  public static final HoldLimits NONE =
      new HoldLimits(MAX_PER_ACCOUNT, ALL_BASIS_POINTS, MAX_MINUTES, MAX_FLOOR_PLACES);

  /** Limits that were saved or sent without it have the least number of places of before. */
  public HoldLimits {
    minPlaces = minPlaces == null ? Integer.valueOf(MAX_FLOOR_PLACES) : minPlaces;
  }

  /**
   * The limits for an account that has not paid before: no more than its share, and from the third
   * time on one place at a time. Who may hold everything still may.
   *
   * @param lapsed how many of its registrations for the event were not paid within a day
   */
  public HoldLimits after(int lapsed) {
    if (lapsed == 0) {
      return this;
    }
    boolean lessThanShare = lapsed > MAX_LAPSED_HOLDS && maxShareBasisPoints < ALL_BASIS_POINTS;
    return new HoldLimits(
        maxPerAccount, lessThanShare ? 0 : maxShareBasisPoints, repeatedMinutes, 1);
  }

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
  public int alwaysHeld(int smallest) {
    return Math.max(leastPlaces(), smallest);
  }

  private int leastPlaces() {
    return minPlaces == null ? MAX_FLOOR_PLACES : minPlaces;
  }
}
