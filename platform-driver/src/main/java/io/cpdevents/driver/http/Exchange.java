package io.cpdevents.driver.http;

import java.net.http.HttpHeaders;
import java.time.Duration;

/**
 * A request and its answer.
 *
 * @param path with its query
 * @param headers of the request
 * @param body empty when there is none
 * @param took until the answer was read
 */
public record Exchange(
    String method, String path, HttpHeaders headers, String body, Answer answer, Duration took) {}
