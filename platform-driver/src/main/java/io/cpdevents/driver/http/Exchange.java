package io.cpdevents.driver.http;

import java.time.Duration;

/**
 * A request and its answer.
 *
 * @param body empty when there is none
 * @param took until the answer was read
 */
public record Exchange(String method, String path, String body, Answer answer, Duration took) {}
