package io.cpdevents.local;

import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The control API of a running launcher, seen from another process. */
final class ControlApi {

  /** A clock moved by months takes its time. */
  private static final Duration ANSWER_WITHIN = Duration.ofHours(2);

  private final String base;

  ControlApi(Ports ports) {
    this.base = "http://127.0.0.1:" + ports.control();
  }

  List<ComponentStatus> statuses() {
    return Arrays.asList(
        ContractsJson.mapper().treeToValue(get("/components"), ComponentStatus[].class));
  }

  JsonNode get(String path) {
    try (LocalHttp http = new LocalHttp()) {
      return read(http.get(base + path, ANSWER_WITHIN));
    } catch (IOException e) {
      throw notThere(e);
    }
  }

  JsonNode post(String path, String json) {
    try (LocalHttp http = new LocalHttp()) {
      return read(http.send("POST", base + path, json, Map.of(), ANSWER_WITHIN));
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
