package io.cpdevents.gateway.filter;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.springframework.http.HttpHeaders;

/** Lets what may be kept for a while say so in place of the gateway's {@code no-store}. */
final class OneCacheControl extends HttpServletResponseWrapper {

  OneCacheControl(HttpServletResponse response) {
    super(response);
  }

  @Override
  public void addHeader(String name, String value) {
    if (name.equalsIgnoreCase(HttpHeaders.CACHE_CONTROL)) {
      setHeader(name, value);
    } else {
      super.addHeader(name, value);
    }
  }
}
