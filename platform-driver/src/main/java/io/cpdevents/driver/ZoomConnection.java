package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An organization's connection with Zoom, at whose page whoever comes allows it. */
public record ZoomConnection(Organization organization) {

  /** The owner goes to Zoom's page, allows it and comes back. */
  static ZoomConnection of(Organization organization) {
    ZoomConnection connection = new ZoomConnection(organization);
    URI back = connection.allowsAt(connection.page());
    Answer answer = connection.comesBack(organization.owner(), back).expect(303);
    String next = answer.header("Location").orElse("");
    if (!next.equals(connection.returnUrl() + "?zoom=connected")) {
      throw new NotAsExpected("the way back from Zoom led to " + next);
    }
    return connection;
  }

  /** The address of Zoom's page, for the owner's session. */
  public URI page() {
    return URI.create(
        organization
            .owner()
            .api()
            .put(path(), Map.of("returnUrl", returnUrl()))
            .expect(201)
            .text("url"));
  }

  /** Allows it there. Returns where Zoom leads back to. */
  public URI allowsAt(URI page) {
    Answer answer = Api.at(originOf(page)).get(pathOf(page)).expect(302);
    URI back = URI.create(answer.header("Location").orElseThrow());
    // What is in an address that a browser has followed may stand in no log.
    Arrays.stream(back.getRawQuery().split("&"))
        .map(parameter -> parameter.substring(parameter.indexOf('=') + 1))
        .forEach(organization.world()::keepSecret);
    return back;
  }

  /** Somebody follows Zoom's way back, in their session. */
  public Answer comesBack(Person person, URI back) {
    String gateway = organization.world().address().gatewayUrl();
    if (back.getPort() != URI.create(gateway).getPort()) {
      throw new NotAsExpected("Zoom leads back to " + originOf(back) + ", not to " + gateway);
    }
    return person.api().get(pathOf(back));
  }

  /** The owner ends it. */
  public void isEnded() {
    organization.owner().api().delete(path()).expect(204);
  }

  /** Whoever has allowed it removes the app at Zoom. */
  public void isRemovedAtZoom() {
    Api.at(organization.world().address().sandboxUrl())
        .delete("/_sandbox/zoom/grants/" + grant())
        .expect(204);
  }

  /** The number of what was allowed, at the stand-in. */
  public long grant() {
    String host = view().path("connectedAs").asString();
    return Long.parseLong(host.substring("host-".length(), host.indexOf('@')));
  }

  /** As the owner sees it. */
  public JsonNode view() {
    return organization.owner().api().get(path()).expect(200).json();
  }

  private String returnUrl() {
    return organization.world().address().gatewayUrl() + "/back";
  }

  private String path() {
    return organization.path() + "/zoom";
  }

  private static String originOf(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }

  private static String pathOf(URI address) {
    return address.getRawPath() + "?" + address.getRawQuery();
  }
}
