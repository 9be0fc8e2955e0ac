package io.cpdevents.gateway.documents;

import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;

/** What can be read can be asked about with HEAD, too (RFC 9110, 9.1). */
final class Reading {

  private Reading() {}

  /** GET and HEAD of a path. */
  static RequestPredicate of(String path) {
    return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD)
        .and(RequestPredicates.path(path));
  }
}
