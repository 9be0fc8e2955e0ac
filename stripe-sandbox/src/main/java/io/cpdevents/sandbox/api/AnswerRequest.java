package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.api.StoredAnswers.StoredAnswer;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers one request in one transaction. The answer for an idempotency key is stored in the same
 * transaction as the effect; a refusal rolls back the effect to a savepoint, but not the key.
 */
@Component
class AnswerRequest {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerRequest.class);
  private static final int MAX_KEY_CHARACTERS = 255;

  private final StoredAnswers answers;
  private final ObjectViews views;
  private final TransactionTemplate transaction;
  private final TransactionTemplate savepoint;

  AnswerRequest(StoredAnswers answers, ObjectViews views, PlatformTransactionManager transactions) {
    this.answers = answers;
    this.views = views;
    this.transaction = new TransactionTemplate(transactions);
    this.savepoint = new TransactionTemplate(transactions);
    this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /** Answers a request without an idempotency key; a read needs no transaction. */
  StripeAnswer handle(StripeRoute route, StripeRequest request) {
    if (route.method().equals(HttpMethod.GET)) {
      return attempt(route, request, TransactionOperations.withoutTransaction());
    }
    return require(transaction.execute(_ -> attempt(route, request, savepoint)));
  }

  /** Answers a request with an idempotency key. */
  StripeAnswer handle(StripeRoute route, StripeRequest request, String key, String requestId) {
    if (key.length() > MAX_KEY_CHARACTERS) {
      throw StripeRefusal.invalid(
          null, null, "Idempotency keys have at most %d characters.".formatted(MAX_KEY_CHARACTERS));
    }
    String hash = hash(route, request);
    StripeAnswer answer =
        transaction.execute(_ -> {
          if (!answers.claim(request.account(), key)) {
            throw StripeRefusal.keyInUse(key);
          }
          StoredAnswer stored = answers.find(request.account(), key).orElse(null);
          if (stored != null) {
            return replay(stored, hash, key);
          }
          StripeAnswer fresh = attempt(route, request, savepoint);
          if (fresh.stored()) {
            answers.store(
                request.account(),
                key,
                route.path(),
                new StoredAnswer(hash, requestId, fresh.status(), fresh.body()));
          }
          return fresh;
        });
    return require(answer);
  }

  /** Stores a 500 that a fault asks for, as Stripe stores those of requests that it has begun. */
  void storeFailure(StripeRoute route, StripeRequest request, String key, String requestId) {
    transaction.executeWithoutResult(_ ->
        answers.store(
            request.account(),
            key,
            route.path(),
            new StoredAnswer(
                hash(route, request),
                requestId,
                StripeRefusal.internal().status(),
                StripeJson.write(StripeRefusal.internal().body()))));
  }

  private static StripeAnswer replay(StoredAnswer stored, String hash, String key) {
    if (!stored.requestHash().equals(hash)) {
      throw StripeRefusal.keyReused(key);
    }
    return new StripeAnswer(
        stored.status(), stored.body(), false, false, false, stored.requestId());
  }

  private StripeAnswer attempt(
      StripeRoute route, StripeRequest request, TransactionOperations operations) {
    try {
      return require(
          operations.execute(status -> {
            try {
              return new StripeAnswer(
                  200, StripeJson.write(answer(route, request)), true, false, false, null);
            } catch (StripeRefusal refusal) {
              if (!refusal.keepsChanges()) {
                status.setRollbackOnly();
              }
              return StripeAnswer.of(refusal, StripeJson.write(refusal.body()));
            }
          }));
    } catch (RuntimeException e) {
      if (LockTimeout.is(e)) {
        return refused(StripeRefusal.locked());
      }
      LOG.error("{} {} failed", route.method(), route.path(), e);
      return refused(StripeRefusal.internal());
    }
  }

  private ObjectNode answer(StripeRoute route, StripeRequest request) {
    List<String> expand = request.params().texts("expand");
    ObjectNode answer = route.handler().answer(request);
    try {
      views.expand(request.account(), answer, expand);
    } catch (ObjectViews.CannotExpand e) {
      throw StripeRefusal.invalid(null, "expand", String.valueOf(e.getMessage()));
    }
    return answer;
  }

  private static StripeAnswer refused(StripeRefusal refusal) {
    return StripeAnswer.of(refusal, StripeJson.write(refusal.body()));
  }

  private static StripeAnswer require(@Nullable StripeAnswer answer) {
    if (answer == null) {
      throw new IllegalStateException("The transaction returned no answer");
    }
    return answer;
  }

  private static String hash(StripeRoute route, StripeRequest request) {
    String canonical =
        route.method()
            + " "
            + route.path()
            + request.pathVariables()
            + request.params().canonical();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
