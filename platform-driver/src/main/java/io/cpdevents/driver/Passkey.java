package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A passkey of somebody, and the device that has it. */
public record Passkey(World world, UUID id, SoftwareAuthenticator device) {

  /** Somebody adds one, at a page of the gateway. */
  public static Passkey addedBy(World world, Person person, String name) {
    SoftwareAuthenticator device = new SoftwareAuthenticator(world.address().gatewayUrl());
    JsonNode options =
        person.provenApi().post("/api/v1/me/passkeys/options", Map.of()).expect(200).json();
    Answer added =
        person
            .api()
            .post(
                "/api/v1/me/passkeys",
                device.makes(
                    name,
                    options.path("challenge").asString(),
                    options.path("rp").path("id").asString(),
                    options.path("user").path("id").asString()))
            .expect(201);
    added.json().path("recoveryCodes").forEach(code -> world.keepSecret(code.asString()));
    return new Passkey(world, added.id(), device);
  }

  /** Logs in with it; answers the token of the session. */
  public String logsIn() {
    String challenge =
        world
            .api()
            .post("/api/v1/sessions/passkey/options", Map.of())
            .expect(200)
            .json()
            .path("challenge")
            .asString();
    String token =
        world
            .api()
            .post("/api/v1/sessions/passkey", device.signs(challenge))
            .expect(201)
            .text("token");
    world.keepSecret(token);
    return token;
  }
}
