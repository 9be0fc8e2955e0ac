package io.cpdevents.billing.console;

import io.cpdevents.platform.money.Money;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Bars beside each other in groups, as SVG draws them: whole units of a drawing of {@value #WIDTH}
 * by {@value #HEIGHT}, from the top left.
 *
 * @param series the names of the bars of a group, in their order
 * @param groups the figures that are drawn
 * @param bars one for each figure that is not zero
 * @param zeroY where zero is
 */
public record Plot(List<String> series, List<Group> groups, List<Bar> bars, int zeroY) {

  private static final int WIDTH = 7200;
  private static final int HEIGHT = 2000;

  /** Of the place of a group a fourth is empty, half of it on each side. */
  private static final int GAPS_OF_A_PLACE = 8;

  /** The least is seen, too. */
  private static final int MIN_BAR_HEIGHT = 10;

  /**
   * What stands at one place.
   *
   * @param values one for each series
   */
  public record Group(String label, List<Money> values) {}

  /** A bar, up from zero or down. */
  public record Bar(String label, Money value, int series, int x, int y, int width, int height) {}

  static Plot of(List<String> series, List<Group> groups) {
    long most = 0;
    long least = 0;
    for (Group group : groups) {
      for (Money value : group.values()) {
        most = Math.max(most, value.amountMinor());
        least = Math.min(least, value.amountMinor());
      }
    }
    BigInteger span = BigInteger.valueOf(most).subtract(BigInteger.valueOf(least));
    int zeroY = most == 0 && least == 0 ? HEIGHT : height(most, span);
    int place = WIDTH / Math.max(1, groups.size());
    int gap = place / GAPS_OF_A_PLACE;
    int width = (place - 2 * gap) / series.size();
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      for (int j = 0; j < series.size(); j++) {
        Money value = group.values().get(j);
        if (!value.isZero()) {
          int height = Math.max(MIN_BAR_HEIGHT, height(value.amountMinor(), span));
          bars.add(
              new Bar(
                  group.label() + " " + series.get(j),
                  value,
                  j,
                  i * place + gap + j * width,
                  value.isPositive() ? zeroY - height : zeroY,
                  width,
                  height));
        }
      }
    }
    return new Plot(series, groups, List.copyOf(bars), zeroY);
  }

  /** An amount in units of the drawing, where all amounts together take its whole height. */
  private static int height(long amountMinor, BigInteger span) {
    return BigInteger.valueOf(amountMinor)
        .abs()
        .multiply(BigInteger.valueOf(HEIGHT))
        .divide(span)
        .intValueExact();
  }
}
