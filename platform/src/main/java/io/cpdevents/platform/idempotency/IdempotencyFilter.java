package io.cpdevents.platform.idempotency;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.ProblemWriter;
import io.cpdevents.platform.idempotency.IdempotencyStore.Answer;
import io.cpdevents.platform.idempotency.IdempotencyStore.Claim;
import io.cpdevents.platform.security.Callers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives a POST with an {@code Idempotency-Key} one effect and one answer, however often it is sent.
 * The scope of a key is the caller (or, without a session, the caller's address) and the path.
 */
final class IdempotencyFilter extends OncePerRequestFilter {

  static final String KEY_HEADER = "Idempotency-Key";
  static final int MAX_KEY_CHARACTERS = 255;
  static final String API_PREFIX = "/api/v1/";
  static final String INTENT_ATTRIBUTE = IdempotencyFilter.class.getName() + ".intent";
  static final String NEVER_STORED_ATTRIBUTE = IdempotencyFilter.class.getName() + ".neverStored";

  private static final String MULTIPART = "multipart/form-data";
  static final String REPLAYED_HEADER = "Idempotent-Replayed";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1," + MAX_KEY_CHARACTERS + "}");

  /**
   * Not stored, because the caller can try again with the same key, for example after logging in.
   */
  private static final Set<Integer> NOT_STORED =
      Set.of(
          HttpStatus.UNAUTHORIZED.value(),
          HttpStatus.FORBIDDEN.value(),
          HttpStatus.REQUEST_TIMEOUT.value(),
          HttpStatus.CONTENT_TOO_LARGE.value(),
          HttpStatus.TOO_MANY_REQUESTS.value());

  private final IdempotencyStore store;
  private final ProblemWriter problems;
  private final HandlerExceptionResolver failures;
  private final SecretKeySpec hashKey;
  private final ScheduledThreadPoolExecutor renewals =
      new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("idempotency-renewals").factory());

  /**
   * Stores answers.
   *
   * @param secret of the services, which is not in the database
   */
  IdempotencyFilter(
      IdempotencyStore store,
      ProblemWriter problems,
      HandlerExceptionResolver failures,
      String secret) {
    this.hashKey =
        new SecretKeySpec(
            ("api-idempotency:" + secret).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    // Most requests end long before their first renewal.
    renewals.setRemoveOnCancelPolicy(true);
    this.store = store;
    this.problems = problems;
    this.failures = failures;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !"POST".equals(request.getMethod())
        || request.getHeader(KEY_HEADER) == null
        || !request.getRequestURI().startsWith(API_PREFIX);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String key = request.getHeader(KEY_HEADER);
    boolean isOne = Collections.list(request.getHeaders(KEY_HEADER)).size() == 1;
    if (!isOne || !KEY.matcher(key).matches()) {
      problems.write(request, response, CommonProblem.IDEMPOTENCY_KEY_INVALID);
      return;
    }
    HttpServletRequest repeatable;
    String scope;
    Claim claim;
    try {
      byte[] content = isMultipart(request) ? parts(request) : readAll(request);
      repeatable = isMultipart(request) ? request : new RepeatableRequest(request, content);
      scope = scope(request);
      claim = store.claim(scope, key, hash(request, content));
    } catch (IOException | ServletException | RuntimeException failure) {
      failures.resolveException(request, response, null, failure);
      return;
    }
    switch (claim) {
      case Claim.Run run -> {
        request.setAttribute(INTENT_ATTRIBUTE, new Intent(run.intentId()));
        run(repeatable, response, chain, scope, key);
      }
      case Claim.Replay replay -> replay(replay.answer(), response);
      case Claim.Reused _ ->
          problems.write(request, response, CommonProblem.IDEMPOTENCY_KEY_REUSED);
      case Claim.InProgress _ ->
          problems.write(
              request,
              response,
              CommonProblem.IN_PROGRESS,
              "The first request with this Idempotency-Key is still running.");
    }
  }

  private static boolean isMultipart(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
  }

  private static byte[] readAll(HttpServletRequest request) throws IOException {
    return request.getInputStream().readAllBytes();
  }

  /**
   * What the parts of a form say. The body itself differs each time the same form is sent, because
   * the sender chooses what separates its parts. The container keeps the parts, so they can be read
   * again.
   */
  private static byte[] parts(HttpServletRequest request) throws IOException, ServletException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    DataOutputStream lines = new DataOutputStream(content);
    for (Part part : request.getParts()) {
      lines.writeUTF(part.getName());
      lines.writeLong(part.getSize());
      try (InputStream partContent = part.getInputStream()) {
        partContent.transferTo(lines);
      }
    }
    lines.flush();
    return content.toByteArray();
  }

  private void run(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      String scope,
      String key)
      throws ServletException, IOException {
    ContentCachingResponseWrapper cached = new ContentCachingResponseWrapper(response);
    boolean stored = false;
    long intervalMs = IdempotencyStore.RENEWAL_INTERVAL.toMillis();
    Future<?> renewal =
        renewals.scheduleWithFixedDelay(
            () -> renew(scope, key), intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    try {
      chain.doFilter(request, cached);
      int status = cached.getStatus();
      if (isDefinite(status) && request.getAttribute(NEVER_STORED_ATTRIBUTE) == null) {
        store.store(
            scope,
            key,
            new Answer(
                status,
                cached.getContentType(),
                cached.getHeader(HttpHeaders.LOCATION),
                cached.getHeader(HttpHeaders.ETAG),
                cached.getContentAsByteArray()));
        stored = true;
      }
    } catch (RuntimeException failure) {
      cached.reset();
      failures.resolveException(request, cached, null, failure);
    } finally {
      renewal.cancel(false);
      if (!stored) {
        release(scope, key);
      }
      cached.copyBodyToResponse();
    }
  }

  /** If a renewal fails, the next one may succeed before the lease expires. */
  private void renew(String scope, String key) {
    try {
      store.renew(scope, key);
    } catch (DataAccessException | TransactionException unavailable) {
      logger.warn("The lease of an idempotency key could not be renewed: " + unavailable);
    }
  }

  @Override
  public void destroy() {
    renewals.shutdownNow();
  }

  /** If the release fails, the lease expires. */
  private void release(String scope, String key) {
    try {
      store.release(scope, key);
    } catch (DataAccessException | TransactionException unavailable) {
      logger.warn(
          "An idempotency key could not be released, so its lease has to expire: " + unavailable);
    }
  }

  private static void replay(Answer answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    response.setHeader(REPLAYED_HEADER, "true");
    if (answer.location() != null) {
      response.setHeader(HttpHeaders.LOCATION, answer.location());
    }
    if (answer.etag() != null) {
      response.setHeader(HttpHeaders.ETAG, answer.etag());
    }
    byte[] body = answer.body();
    if (answer.contentType() != null && body != null && body.length > 0) {
      response.setContentType(answer.contentType());
      response.getOutputStream().write(body);
    }
  }

  /** Whether an answer of this status is stored for the same key. */
  static boolean isDefinite(int status) {
    return status >= 200 && status < 500 && !NOT_STORED.contains(status);
  }

  private static String scope(HttpServletRequest request) {
    String who =
        Callers.current()
            .map(caller -> caller.accountId().toString())
            .orElseGet(() -> "address " + request.getRemoteAddr());
    return who + " " + request.getRequestURI();
  }

  /**
   * The hash of a request is keyed, because a body can contain a password. A plain digest would let
   * whoever has the database guess passwords at high speed.
   */
  private byte[] hash(HttpServletRequest request, byte[] body) {
    try {
      Mac digest = Mac.getInstance(hashKey.getAlgorithm());
      digest.init(hashKey);
      String query = request.getQueryString();
      digest.update((query == null ? "" : query).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return digest.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A request whose body was read once and can be read again. */
  private static final class RepeatableRequest extends HttpServletRequestWrapper {
    private final byte[] body;

    RepeatableRequest(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      ByteArrayInputStream bytes = new ByteArrayInputStream(body);
      return new ServletInputStream() {
        @Override
        public int read() {
          return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
          return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new IllegalStateException("the body is read blocking");
        }
      };
    }
  }
}
