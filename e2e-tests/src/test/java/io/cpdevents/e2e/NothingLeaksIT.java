package io.cpdevents.e2e;

import io.cpdevents.driver.World;
import io.cpdevents.e2e.money.SimulatedPlatform;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Looks, after all journeys and what runs beside them, for what nobody may ever find, at each
 * platform of the run.
 */
@Journey
@Isolated("all that runs beside the journeys is over")
@Order(Integer.MAX_VALUE)
class NothingLeaksIT {

  @Test
  void passwords_tokens_and_card_numbers_are_in_no_log(World world) {
    everywhere(world).forEach(Leaks::assertNoneInLogs);
  }

  @Test
  void passwords_tokens_and_card_numbers_are_on_no_topic(World world) {
    everywhere(world).forEach(Leaks::assertNoneOnTopics);
  }

  @Test
  void passwords_tokens_and_card_numbers_are_in_no_database(World world) {
    everywhere(world).forEach(Leaks::assertNoneInDatabases);
  }

  private static List<Leaks> everywhere(World world) {
    List<Leaks> places = new ArrayList<>();
    places.add(new Leaks(SharedPlatform.get(), world));
    SimulatedPlatform.used()
        .map(simulated -> new Leaks(simulated.platform(), simulated.world()))
        .ifPresent(places::add);
    return places;
  }
}
