package io.cpdevents.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.accounts.AccountEvent.EmailVerificationRequested;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes people who have never been here before. */
public final class People {

  public static final String PASSWORD = "correct horse battery";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final ApiClient api;
  private final JdbcClient jdbc;
  private final RecordedEvents events;

  People(ApiClient api, JdbcClient jdbc, RecordedEvents events) {
    this.api = api;
    this.jdbc = jdbc;
    this.events = events;
  }

  /** A client at an address that nobody has used. */
  public ApiClient newcomer() {
    int number = COUNT.incrementAndGet();
    return api.with("X-Forwarded-For", "203.0.%d.%d".formatted(number / 250, number % 250 + 1));
  }

  /** A client with the bearer token of our own services. */
  public ApiClient internal() {
    return newcomer().as("Bearer " + AccountsIntegrationTest.INTERNAL_TOKEN);
  }

  /** An e-mail that nobody has used. */
  public String newEmail() {
    return "person-%d@example.org".formatted(COUNT.incrementAndGet());
  }

  public static Map<String, Object> signUpOf(String email) {
    return signUpOf(email, PASSWORD);
  }

  public static Map<String, Object> signUpOf(String email, String password) {
    return Map.of("email", email, "password", password, "name", "Ada Lovelace");
  }

  /** Signs up from an address that nobody has used. */
  public Answer signUp(String email) {
    return signUp(email, PASSWORD);
  }

  public Answer signUp(String email, String password) {
    return newcomer().post("/api/v1/accounts", signUpOf(email, password));
  }

  /** An account that has signed up and followed the link. */
  public UUID verified(String email) {
    signUp(email).expect(202);
    follow(tokenIn(latestMailOf(email)));
    return idOf(email);
  }

  public UUID idOf(String email) {
    return jdbc.sql("SELECT id FROM account WHERE email = :email")
        .param("email", email)
        .query((row, _) -> row.getObject("id", UUID.class))
        .single();
  }

  /** The requests for verification mails of an account, as told over Kafka. */
  public List<EmailVerificationRequested> mailsOf(String email) {
    UUID id = idOf(email);
    return events.all(EmailVerificationRequested.class).stream()
        .filter(event -> event.accountId().equals(id))
        .toList();
  }

  /** The id of the latest verification mail that still counts. */
  public UUID latestMailOf(String email) {
    return jdbc.sql(
            "SELECT id FROM verification_mail WHERE account_id = :id ORDER BY id DESC LIMIT 1")
        .param("id", idOf(email))
        .query((row, _) -> row.getObject("id", UUID.class))
        .single();
  }

  /** What notification-service is told. */
  public Answer mailContent(UUID requestId) {
    return internal().get("/internal/verification-mails/" + requestId);
  }

  public String tokenIn(UUID requestId) {
    String link = mailContent(requestId).body().path("link").asString("");
    assertThat(link).startsWith(AccountsIntegrationTest.WEB_URL + "verify-email#token=");
    return link.substring(link.indexOf('=') + 1);
  }

  public void follow(String token) {
    follow(token, PASSWORD);
  }

  public void follow(String token, String password) {
    verification(token, password).expect(204);
  }

  public Answer verification(String token) {
    return verification(token, PASSWORD);
  }

  public Answer verification(String token, String password) {
    return newcomer()
        .post("/api/v1/accounts/verification", Map.of("token", token, "password", password));
  }

  public Answer logIn(String email) {
    return logIn(email, PASSWORD);
  }

  public Answer logIn(String email, String password) {
    return logIn(newcomer(), email, password);
  }

  public Answer logIn(ApiClient from, String email, String password) {
    return from.post("/api/v1/sessions", Map.of("email", email, "password", password));
  }

  /** Logs in with a code beside the password: {@code totpCode} or {@code recoveryCode}. */
  public Answer logInWith(String field, String code, String email) {
    return newcomer()
        .post("/api/v1/sessions", Map.of("email", email, "password", PASSWORD, field, code));
  }

  /** A session as its answer told it. */
  public record LoggedIn(UUID accountId, UUID sessionId, String token, String bearer) {}

  /** A person who has just logged in, with what the gateway would send on. */
  public LoggedIn loggedIn(String email) {
    return loggedIn(email, PASSWORD);
  }

  public LoggedIn loggedIn(String email, String password) {
    return loggedIn(email, logIn(email, password));
  }

  /** The session that such an answer opened. */
  public LoggedIn loggedIn(String email, Answer answer) {
    answer.expect(201);
    UUID accountId = idOf(email);
    UUID sessionId = UUID.fromString(answer.body().path("session").path("id").asString(""));
    return new LoggedIn(
        accountId,
        sessionId,
        answer.text("token"),
        TestTokens.token().account(accountId).session(sessionId).bearer());
  }

  /** A new person who has just logged in. */
  public LoggedIn somebody() {
    String email = newEmail();
    verified(email);
    return loggedIn(email);
  }

  /** What the gateway is told about a session's token. */
  public Answer exchange(String token) {
    return internal().post("/internal/token-exchanges", Map.of("token", token));
  }
}
