package io.cpdevents.e2e;

import io.cpdevents.driver.World;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Looks, after all journeys, for what nobody may ever find. */
@Journey
@Order(Integer.MAX_VALUE)
class NothingLeaksIT {

  @Test
  void passwords_tokens_and_card_numbers_are_in_no_log(World world) {
    new Leaks(SharedPlatform.get(), world).assertNoneInLogs();
  }

  @Test
  void passwords_tokens_and_card_numbers_are_on_no_topic(World world) {
    new Leaks(SharedPlatform.get(), world).assertNoneOnTopics();
  }

  @Test
  void passwords_tokens_and_card_numbers_are_in_no_database(World world) {
    new Leaks(SharedPlatform.get(), world).assertNoneInDatabases();
  }
}
