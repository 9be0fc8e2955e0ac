package io.cpdevents.platform.http;

import java.net.URI;

/**
 * Where people open the pages that links in mails lead to ({@code CPD_WEB_URL}): a web app, or the
 * gateway.
 *
 * @param base with or without a slash at the end
 */
public record WebUrl(URI base) {

  /**
   * The address of a page. A token belongs into its fragment ({@code #token=…}), which browsers
   * keep to themselves: it reaches no log, no proxy and no page that is linked from there.
   *
   * @param path begins with a slash
   */
  public URI at(String path) {
    String address = base.toString();
    return URI.create(
        (address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + path);
  }
}
