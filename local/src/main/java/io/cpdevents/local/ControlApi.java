package io.cpdevents.local;

import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The control API of a running launcher, seen from another process. */
public final class ControlApi {

  /**
   * Business time.
   *
   * @param offsetSeconds ahead of the machine's clock
   */
  public record Time(long offsetSeconds, Instant now) {}

  /** A clock moved by months takes its time. */
  private static final Duration MAX_ANSWER_TIME = Duration.ofHours(2);

  private static final Duration MAX_START_TIME = Duration.ofMinutes(2);

  private final String base;

  ControlApi(Ports ports) {
    this.base = "http://127.0.0.1:" + ports.control();
  }

  /** Every component as it is now. */
  public List<ComponentStatus> statuses() {
    return Arrays.asList(
        ContractsJson.mapper().treeToValue(get("/components"), ComponentStatus[].class));
  }

  /**
   * Does this to a component and waits for the end of it.
   *
   * @param action {@code stop}, {@code kill}, {@code suspend}, {@code resume} or {@code start}
   */
  public ComponentStatus act(Component component, String action) {
    return ContractsJson.mapper()
        .treeToValue(
            post(
                "/components/%s/%s?waitSeconds=%d"
                    .formatted(component.wireName(), action, MAX_START_TIME.toSeconds()),
                ""),
            ComponentStatus.class);
  }

  /** The business time now. */
  public Time clock() {
    return ContractsJson.mapper().treeToValue(get("/clock"), Time.class);
  }

  /** Moves everybody's business time; the business time after that. */
  public Time advanceClock(Duration by) {
    return moveClock("advance", by);
  }

  /** The same in one leap: what falls due meanwhile is done after it, in any order. */
  public Time leapClock(Duration by) {
    return moveClock("leap", by);
  }

  private Time moveClock(String how, Duration by) {
    return ContractsJson.mapper()
        .treeToValue(
            post("/clock/" + how, "{\"seconds\": %d}".formatted(by.toSeconds())), Time.class);
  }

  /** Stops everything; returns before it is done. */
  public void down() {
    post("/down", "");
  }

  private JsonNode get(String path) {
    try (LocalHttp http = new LocalHttp()) {
      return read(http.get(base + path, MAX_ANSWER_TIME));
    } catch (IOException e) {
      throw notThere(e);
    }
  }

  private JsonNode post(String path, String json) {
    try (LocalHttp http = new LocalHttp()) {
      return read(http.send("POST", base + path, json, Map.of(), MAX_ANSWER_TIME));
    } catch (IOException e) {
      throw notThere(e);
    }
  }

  private static JsonNode read(LocalHttp.Answer answer) {
    JsonNode body = ContractsJson.mapper().readTree(answer.body());
    if (!answer.isGood()) {
      throw new LocalFailure(body.path("error").asString(answer.body()));
    }
    return body;
  }

  private LocalFailure notThere(IOException e) {
    return new LocalFailure("the launcher does not answer at " + base + ": " + e);
  }
}
