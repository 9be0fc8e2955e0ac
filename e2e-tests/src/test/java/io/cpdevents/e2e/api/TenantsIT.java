package io.cpdevents.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.cpdevents.driver.Person;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import io.cpdevents.e2e.Journey;
import io.cpdevents.platform.test.AtOnce;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who may not, for every operation of the live OpenAPI documents. What the rule of an operation is,
 * the document tells ({@code x-access}, {@code x-roles}); one without a rule fails.
 */
@Journey
class TenantsIT {

  /** Without a session. Whoever opens another one has thought of it here too. */
  private static final Set<String> OPEN =
      Set.of(
          "POST /api/v1/accounts",
          "POST /api/v1/accounts/verification",
          "POST /api/v1/accounts/verification-mails",
          "GET /api/v1/accounts/erasure-receipt-keys",
          "POST /api/v1/me/email-changes/confirmation",
          "POST /api/v1/me/email-changes/revert",
          "POST /api/v1/password-resets",
          "POST /api/v1/password-resets/completion",
          "POST /api/v1/sessions",
          "POST /api/v1/sessions/passkey",
          "POST /api/v1/sessions/passkey/options",
          "GET /api/v1/events",
          "GET /api/v1/events/{eventId}",
          "GET /api/v1/events/{eventId}/questions",
          "GET /api/v1/events/{eventId}/ticket-types",
          "POST /api/v1/events/{eventId}/quotes",
          "GET /api/v1/ticket-types/{ticketTypeId}",
          "GET /api/v1/plans",
          "POST /webhooks/stripe",
          "POST /webhooks/stripe-connect");

  /** One for each test and a stranger's: what one test ends, no other may need. */
  private static final int BELONGINGS = 7;

  private static final Queue<Belongings> PREPARED = new ConcurrentLinkedQueue<>();

  private static final List<String> MEMBER_ROLES = List.of("staff", "finance", "admin", "owner");
  private static final int OK_BELOW = 300;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /** Made together, because whoever makes them waits for Stripe and mails most of the time. */
  private static synchronized Belongings belongings(World world) {
    if (PREPARED.isEmpty()) {
      PREPARED.addAll(AtOnce.times(BELONGINGS, () -> new Belongings(world)));
    }
    return PREPARED.remove();
  }

  @Test
  void every_operation_has_a_rule_and_few_are_open(World world) {
    List<Operation> operations = Operation.all(world.api());

    assertThat(operations.stream().filter(one -> one.access().isEmpty()).toList())
        .as("has no access annotation")
        .isEmpty();
    assertThat(
            operations.stream()
                .filter(one -> one.access().equals("platform"))
                .filter(one -> one.roles().isEmpty())
                .toList())
        .as("names no role")
        .isEmpty();
    assertThat(
            operations.stream()
                .filter(one -> one.access().equals("public"))
                .map(Operation::toString)
                .collect(Collectors.toSet()))
        .isEqualTo(OPEN);
  }

  @TestFactory
  Stream<DynamicTest> nobody_gets_in_without_a_session(World world) {
    return Operation.all(world.api()).stream()
        .filter(operation -> !OPEN.contains(operation.toString()))
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.toString(),
                () -> {
                  String path = operation.pathWith(_ -> "00000000-0000-7000-8000-000000000000");
                  expect(call(world.api(), operation, path, null), UNAUTHORIZED, "session-missing");
                  Api unknown = world.api().bearing("cpd_nobodys-session");
                  expect(call(unknown, operation, path, null), UNAUTHORIZED, "session-invalid");
                }));
  }

  @TestFactory
  Stream<DynamicTest> what_is_somebody_elses_is_not_there(World world) {
    Belongings theirs = belongings(world);
    Belongings own = belongings(world);
    Map<String, String> secrets = theirs.secrets();
    return Operation.all(world.api()).stream()
        .filter(operation -> !operation.access().equals("platform"))
        .filter(operation -> !operation.path().startsWith("/webhooks/"))
        .sorted(Comparator.comparing(Operation::destruction))
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.toString(), () -> trespass(world, operation, theirs, own, secrets)));
  }

  private static void trespass(
      World world,
      Operation operation,
      Belongings theirs,
      Belongings own,
      Map<String, String> secrets) {
    List<String> collections = operation.collections();
    for (Api stranger : strangers(world, operation, own)) {
      if (collections.isEmpty()) {
        Answer answer =
            call(
                stranger,
                operation,
                operation.path() + query(operation, theirs),
                new Samples(operation, own, world.now()).bodyText());
        assertThat(secrets.entrySet())
            .as("%s tells somebody else's: %s", operation, answer.body())
            .noneMatch(
                secret -> answer.status() < OK_BELOW && answer.body().contains(secret.getValue()));
      }
      // Their object, and in a longer path their object under what is the stranger's own.
      for (String foreign : collections) {
        Function<String, String> ids =
            collection ->
                collection.equals(foreign)
                    ? foreignId(operation, theirs, collection)
                    : own.idIn(collection);
        Answer answer =
            call(
                stranger,
                operation,
                operation.pathWith(ids),
                new Samples(operation, theirs, world.now()).bodyText());
        if (answer.status() == 400) {
          fail(
              "%s refuses the body before it looks whose the object is: teach Samples a valid one."
                  + " %s",
              operation, answer.body());
        }
        expect(answer, NOT_FOUND, null);
      }
    }
  }

  /** What everybody may do with a published event, nobody may with a draft. */
  private static String foreignId(Operation operation, Belongings theirs, String collection) {
    if (operation.access().equals("organization")) {
      return theirs.idIn(collection);
    }
    return switch (collection) {
      case "events" -> theirs.draftEvent();
      case "ticket-types" -> theirs.ticketTypeOfDraftEvent();
      default -> theirs.idIn(collection);
    };
  }

  /** People and, where one may be used, an API key of another organization. */
  private static List<Api> strangers(World world, Operation operation, Belongings own) {
    if (operation.method().equals("DELETE") && operation.access().equals("account")) {
      // Who ends sessions, or the account, ends nobody else's.
      return List.of(world.somebody("Sam Stranger").provenApi());
    }
    return operation.takesApiKeys()
        ? List.of(own.owner().provenApi(), own.buyer().provenApi(), own.ownersKey())
        : List.of(own.owner().provenApi(), own.buyer().provenApi());
  }

  @TestFactory
  Stream<DynamicTest> members_may_what_their_role_may(World world) {
    Belongings belongings = belongings(world);
    Map<String, Person> members = new LinkedHashMap<>();
    for (String role : MEMBER_ROLES) {
      members.put(role, role.equals("owner") ? belongings.owner() : belongings.member(role));
    }
    return Operation.all(world.api()).stream()
        .filter(TenantsIT::isAboutSomebodyElses)
        .sorted(Comparator.comparing(Operation::destruction))
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.toString(),
                () ->
                    members.forEach((role, person) -> {
                      Answer answer = callAbout(belongings, world, person, operation);
                      if (operation.roles().contains(role)) {
                        expectLetIn(role, answer);
                      } else if (operation.access().equals("organization")) {
                        expect(answer, FORBIDDEN, "role-missing");
                      } else {
                        assertThat(answer.status()).as(role + answer).isIn(FORBIDDEN, NOT_FOUND);
                      }
                    })));
  }

  /** A key of each role may what a member with the role may, where keys may at all. */
  @TestFactory
  Stream<DynamicTest> api_keys_may_what_their_role_may(World world) {
    Belongings belongings = belongings(world);
    Map<String, Api> keys = new LinkedHashMap<>();
    for (String role : MEMBER_ROLES) {
      keys.put(role, belongings.apiKey(role));
    }
    return Operation.all(world.api()).stream()
        .filter(operation -> !OPEN.contains(operation.toString()))
        .sorted(Comparator.comparing(Operation::destruction))
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.toString(),
                () ->
                    keys.forEach((role, key) -> {
                      Answer answer = callAbout(belongings, world, key, operation);
                      if (!operation.takesApiKeys()) {
                        expect(answer, FORBIDDEN, "api-key-refused");
                      } else if (operation.roles().contains(role)) {
                        expectLetIn(role, answer);
                      } else if (operation.access().equals("organization")) {
                        expect(answer, FORBIDDEN, "role-missing");
                      } else {
                        assertThat(answer.status()).as(role + answer).isIn(FORBIDDEN, NOT_FOUND);
                      }
                    })));
  }

  @TestFactory
  Stream<DynamicTest> the_platforms_people_may_what_their_role_may(World world) {
    Belongings belongings = belongings(world);
    Map<String, Person> people = new LinkedHashMap<>();
    people.put("an attendee", belongings.buyer());
    people.put("an organization's owner", belongings.owner());
    people.put("platform-support", world.support());
    people.put("platform-finance", world.finance());
    people.put("platform-admin", world.admin());
    return Operation.all(world.api()).stream()
        .filter(operation -> operation.access().equals("platform"))
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.toString(),
                () ->
                    people.forEach((role, person) -> {
                      Answer answer = callAbout(belongings, world, person, operation);
                      if (operation.roles().contains(role)) {
                        assertThat(answer.status())
                            .as("%s: %s %s", role, answer.question(), answer.body())
                            .isNotIn(UNAUTHORIZED, FORBIDDEN);
                      } else {
                        expect(answer, FORBIDDEN, "role-missing");
                      }
                    })));
  }

  @TestFactory
  Stream<DynamicTest> the_platforms_people_may_for_organizations_and_buyers_what_their_role_may(
      World world) {
    Belongings belongings = belongings(world);
    Map<String, Person> people = new LinkedHashMap<>();
    people.put("platform-support", world.support());
    people.put("platform-finance", world.finance());
    people.put("platform-admin", world.admin());
    return Operation.all(world.api()).stream()
        .filter(TenantsIT::isAboutSomebodyElses)
        .sorted(Comparator.comparing(Operation::destruction))
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.toString(),
                () ->
                    people.forEach((role, person) -> {
                      Answer answer = callAbout(belongings, world, person, operation);
                      if (operation.roles().contains(role)) {
                        expectLetIn(role, answer);
                      } else {
                        assertThat(answer.status()).as(role + answer).isIn(FORBIDDEN, NOT_FOUND);
                      }
                    })));
  }

  @TestFactory
  Stream<DynamicTest> what_is_not_public_yet_is_shown_to_the_roles_that_the_document_names(
      World world) {
    Belongings belongings = belongings(world);
    Map<String, Person> people = new LinkedHashMap<>();
    for (String role : MEMBER_ROLES) {
      people.put(role, role.equals("owner") ? belongings.owner() : belongings.member(role));
    }
    people.put("an attendee", belongings.buyer());
    people.put("platform-support", world.support());
    people.put("platform-admin", world.admin());
    Map<String, Api> keys = new LinkedHashMap<>();
    for (String role : MEMBER_ROLES) {
      keys.put(role, belongings.apiKey(role));
    }
    return Operation.all(world.api()).stream()
        .filter(operation -> operation.access().equals("public"))
        .filter(operation -> operation.method().equals("GET"))
        .filter(operation -> !operation.collections().isEmpty())
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.toString(),
                () -> {
                  String draft =
                      operation.pathWith(
                          collection -> foreignId(operation, belongings, collection));
                  expect(world.api().get(draft), NOT_FOUND, null);
                  people.forEach((role, person) ->
                      assertThat(person.api().get(draft).isSuccess())
                          .as(role)
                          .isEqualTo(operation.roles().contains(role)));
                  keys.forEach((role, key) ->
                      assertThat(key.get(draft).isSuccess())
                          .as("a key of " + role)
                          .isEqualTo(operation.takesApiKeys() && operation.roles().contains(role)));
                }));
  }

  /** Not what is public, such as the event that places are bought for, or one's own, such as me. */
  private static boolean isAboutSomebodyElses(Operation operation) {
    return operation.access().equals("organization")
        || (operation.access().equals("account")
            && !operation.collections().isEmpty()
            && !operation.collections().contains("events"));
  }

  /** Asks for theirs where the query can. */
  private static String query(Operation operation, Belongings theirs) {
    return operation.queryParameters().stream()
        .map(parameter -> parameter.get("name").asString())
        .flatMap(name -> theirs.byFieldName(name).map(id -> name + "=" + id).stream())
        .collect(Collectors.joining("&", "?", ""));
  }

  private static Answer callAbout(
      Belongings belongings, World world, Person person, Operation operation) {
    return callAbout(belongings, world, person.provenApi(), operation);
  }

  private static Answer callAbout(
      Belongings belongings, World world, Api api, Operation operation) {
    return call(
        api,
        operation,
        operation.pathWith(collection -> readable(operation, belongings, collection)),
        new Samples(operation, belongings, world.now()).bodyText());
  }

  /** A cancellation is there to be read once its event was cancelled. */
  private static String readable(Operation operation, Belongings belongings, String collection) {
    return operation.toString().equals("GET /api/v1/events/{eventId}/cancellation")
        ? belongings.cancelledEvent()
        : belongings.idIn(collection);
  }

  private static Answer call(Api api, Operation operation, String path, @Nullable String body) {
    if (operation.takesFile()) {
      return operation.upload(api, path);
    }
    Api prepared = operation.prepared(api);
    return body == null || body.isEmpty()
        ? prepared.send(operation.method(), path, "")
        : prepared.with("Content-Type", "application/json").send(operation.method(), path, body);
  }

  private static void expectLetIn(String role, Answer answer) {
    assertThat(answer.status())
        .as("%s: %s %s", role, answer.question(), answer.body())
        .isNotIn(UNAUTHORIZED, FORBIDDEN, NOT_FOUND)
        .isLessThan(500);
  }

  private static void expect(Answer answer, int status, @Nullable String code) {
    assertThat(answer.status()).as(answer.question() + " " + answer.body()).isEqualTo(status);
    assertThat(answer.code()).as(answer.body()).isNotEmpty();
    if (code != null) {
      assertThat(answer.code()).isEqualTo(code);
    }
  }
}
