package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.platform.test.Answer;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The authenticator app of somebody, in a test; each of its codes is another one. */
final class App {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] secret;
  private long nextStep;

  private App(String secret) {
    this.secret = decoded(secret);
    this.nextStep = Totp.stepAt(Instant.now()) - 1;
  }

  /** An app, and the recovery codes that came with it. */
  record SetUp(App app, List<String> recoveryCodes) {}

  static SetUp setUpBy(People people, LoggedIn person) {
    Answer begun =
        people.newcomer().as(person.bearer()).post("/api/v1/me/totp", Map.of()).expect(201);
    App app = new App(begun.text("secret"));
    Answer confirmed =
        people
            .newcomer()
            .as(person.bearer())
            .post("/api/v1/me/totp/confirmation", Map.of("totpCode", app.nextCode()))
            .expect(200);
    return new SetUp(
        app,
        confirmed.body().path("recoveryCodes").valueStream().map(code -> code.asString()).toList());
  }

  static App of(Answer begun) {
    return new App(begun.text("secret"));
  }

  /** A code that was not typed yet; three of them count within half a minute. */
  String nextCode() {
    nextStep = Math.max(nextStep, Totp.stepAt(Instant.now()) - 1);
    return Totp.code(secret, nextStep++);
  }

  /** One that does not count. */
  String wrongCode() {
    return Totp.code(secret, Totp.stepAt(Instant.now()) + 1_000);
  }

  byte[] secret() {
    return secret.clone();
  }

  private static byte[] decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (int at = 0; at < text.length(); at++) {
      buffer = (buffer << 5) | ALPHABET.indexOf(text.charAt(at));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
      }
    }
    return bytes.toByteArray();
  }
}
