package io.cpdevents.platform.idempotency;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.ProblemWriter;
import io.cpdevents.platform.idempotency.IdempotencyStore.Answer;
import io.cpdevents.platform.idempotency.IdempotencyStore.Claim;
import io.cpdevents.platform.idempotency.PostEndpoints.Endpoint;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
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
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a POST with an {@code Idempotency-Key} one effect and one answer, however often it is sent.
 * The scope of a key is the caller (or, without a session, the caller's address) and the path.
 *
 * <p>Nothing is stored about requests to addresses that do not exist, of strangers who are refused,
 * and of those that bring a {@link io.cpdevents.platform.security.Credential}: such a request runs
 * each time, and has the same intent each time.
 */
final class IdempotencyFilter extends OncePerRequestFilter {

  static final String KEY_HEADER = "Idempotency-Key";
  static final int MAX_KEY_CHARACTERS = 255;
  static final String API_PREFIX = "/api/v1/";
  static final String INTENT_ATTRIBUTE = IdempotencyFilter.class.getName() + ".intent";
  static final String NEVER_STORED_ATTRIBUTE = IdempotencyFilter.class.getName() + ".neverStored";

  /** RFC 9562, 5.8: an UUID whose bits we choose. */
  private static final long VERSION_8 = 0x8000L;

  private static final long VERSION_BITS = 0xF000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

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

  /** What a stored row would be about. */
  private record Work(String scope, String key, boolean isStranger, boolean isFirstRun) {

    /**
     * Whether nothing of it is kept: it had no effect, in this run or an earlier one. A refusal is
     * kept for who has a session, so that a repeated request is told the same.
     */
    boolean isForgotten(int status) {
      return isFirstRun
          && status >= HttpStatus.BAD_REQUEST.value()
          && status < HttpStatus.INTERNAL_SERVER_ERROR.value()
          && (isStranger || NOT_STORED.contains(status));
    }
  }

  private final PostEndpoints endpoints;
  private final IdempotencyStore store;
  private final JsonMapper json;
  private final ProblemWriter problems;
  private final HandlerExceptionResolver failures;
  private final SecretKeySpec hashKey;
  private final boolean takesForms;
  private final ScheduledThreadPoolExecutor renewals =
      new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("idempotency-renewals").factory());

  /**
   * Stores answers.
   *
   * @param secret of the services, which is not in the database
   * @param takesForms whether the container reads bodies with parts
   */
  IdempotencyFilter(
      PostEndpoints endpoints,
      IdempotencyStore store,
      JsonMapper json,
      ProblemWriter problems,
      HandlerExceptionResolver failures,
      String secret,
      boolean takesForms) {
    this.takesForms = takesForms;
    this.hashKey =
        new SecretKeySpec(
            ("api-idempotency:" + secret).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    // Most requests end long before their first renewal.
    renewals.setRemoveOnCancelPolicy(true);
    this.endpoints = endpoints;
    this.store = store;
    this.json = json;
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
    Endpoint endpoint = endpoints.find(request);
    if (endpoint == null || (isStranger() && (endpoint.changesNothing() || !endpoint.isPublic()))) {
      // It will be refused, or answered anew each time.
      chain.doFilter(request, response);
      return;
    }
    byte[] content;
    try {
      content = isForm(request) ? parts(request) : readAll(request);
    } catch (IOException | ServletException | RuntimeException failure) {
      // Whatever the container says of parts, it is the caller's form that cannot be read.
      failures.resolveException(
          request,
          response,
          null,
          isForm(request) ? new MultipartException("The form cannot be read", failure) : failure);
      return;
    }
    HttpServletRequest repeatable =
        isForm(request) ? request : new RepeatableRequest(request, content);
    if (endpoint.takesCredential()) {
      request.setAttribute(INTENT_ATTRIBUTE, intent(request, key, content, endpoint));
      chain.doFilter(repeatable, response);
      return;
    }
    runOnce(repeatable, response, chain, key, hash(request, content));
  }

  private void runOnce(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      String key,
      byte[] hash)
      throws ServletException, IOException {
    String scope = scope(request);
    Claim claim;
    try {
      claim = store.claim(scope, key, hash);
    } catch (RuntimeException failure) {
      failures.resolveException(request, response, null, failure);
      return;
    }
    switch (claim) {
      case Claim.Run run -> {
        request.setAttribute(INTENT_ATTRIBUTE, new Intent(run.intentId()));
        run(request, response, chain, new Work(scope, key, isStranger(), run.isFirst()));
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

  private static boolean isStranger() {
    return Callers.current().isEmpty();
  }

  /**
   * One with parts, where somebody takes them: elsewhere it is a body of a type that nobody takes.
   */
  private boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return takesForms
        && type != null
        && type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
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
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, Work work)
      throws ServletException, IOException {
    ContentCachingResponseWrapper cached = new ContentCachingResponseWrapper(response);
    boolean settled = false;
    long intervalMs = IdempotencyStore.RENEWAL_INTERVAL.toMillis();
    Future<?> renewal =
        renewals.scheduleWithFixedDelay(
            () -> renew(work), intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    try {
      chain.doFilter(request, cached);
      int status = cached.getStatus();
      if (work.isForgotten(status)) {
        store.forget(work.scope(), work.key());
        settled = true;
      } else if (isDefinite(status) && request.getAttribute(NEVER_STORED_ATTRIBUTE) == null) {
        store.store(
            work.scope(),
            work.key(),
            new Answer(
                status,
                cached.getContentType(),
                cached.getHeader(HttpHeaders.LOCATION),
                cached.getHeader(HttpHeaders.ETAG),
                cached.getContentAsByteArray()));
        settled = true;
      }
    } catch (RuntimeException failure) {
      cached.reset();
      failures.resolveException(request, cached, null, failure);
    } finally {
      renewal.cancel(false);
      if (!settled) {
        release(work);
      }
      cached.copyBodyToResponse();
    }
  }

  /** If a renewal fails, the next one may succeed before the lease expires. */
  private void renew(Work work) {
    try {
      store.renew(work.scope(), work.key());
    } catch (DataAccessException | TransactionException unavailable) {
      logger.warn("The lease of an idempotency key could not be renewed: " + unavailable);
    }
  }

  @Override
  public void destroy() {
    renewals.shutdownNow();
  }

  /** If the release fails, the lease expires. */
  private void release(Work work) {
    try {
      store.release(work.scope(), work.key());
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
   * The hash of a request is keyed, because what people write may be guessed. A plain digest would
   * let whoever has the database guess it at high speed.
   */
  private byte[] hash(HttpServletRequest request, byte[] body) {
    String query = request.getQueryString();
    return hash(query == null ? "" : query, body);
  }

  private byte[] hash(String head, byte[] rest) {
    try {
      Mac digest = Mac.getInstance(hashKey.getAlgorithm());
      digest.init(hashKey);
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return digest.doFinal(rest);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * The intent of a request that leaves no row: it is made of the key and of what the request says
   * beside its credentials.
   */
  private Intent intent(HttpServletRequest request, String key, byte[] content, Endpoint endpoint) {
    ByteBuffer hash =
        ByteBuffer.wrap(
            hash(scope(request) + " " + key, withoutCredentials(content, endpoint.credentials())));
    return new Intent(
        new UUID((hash.getLong() & ~VERSION_BITS) | VERSION_8, (hash.getLong() >>> 2) | VARIANT));
  }

  private byte[] withoutCredentials(byte[] content, Set<String> credentials) {
    try {
      return json.readTree(content) instanceof ObjectNode fields
          ? json.writeValueAsBytes(fields.remove(credentials))
          : new byte[0];
    } catch (JacksonException refusedLater) {
      return new byte[0];
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
