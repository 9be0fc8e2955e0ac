package io.cpdevents.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cpdevents.driver.NotAsExpected;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.http.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chromium without a window, as a person with a keyboard uses it: told by the Chrome DevTools
 * Protocol, so that no library is needed.
 */
final class Chromium implements AutoCloseable {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  private static final Duration MAX_START_TIME = Duration.ofSeconds(60);
  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(30);
  private static final int MAX_TABS = 60;
  private static final int MIN_DESKTOP_PIXELS = 600;
  private static final int HEIGHT_PIXELS = 844;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Process process;
  private final Path home;
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private int widthPixels;

  private Chromium(Process process, Path home, URI page) {
    this.process = process;
    this.home = home;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(page, new Told())
            .orTimeout(MAX_ANSWER_TIME.toSeconds(), TimeUnit.SECONDS)
            .join();
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
  }

  /**
   * Where it is. Without it the test is skipped, but fails with {@code -Dcpd.chromium=required}:
   * for a machine that is to prove what is done in it.
   */
  static Path requireProgram() {
    Optional<Path> found = PLACES.stream().filter(Files::isExecutable).findFirst();
    if (found.isEmpty() && "required".equals(System.getProperty("cpd.chromium"))) {
      throw new NotAsExpected("Chromium is required and not installed in any of " + PLACES);
    }
    assumeTrue(found.isPresent(), "Chromium is not installed: nothing was tried in it");
    return found.orElseThrow();
  }

  /** Starts one that knows nobody. */
  static Chromium start(Path program) {
    try {
      Path home = Files.createTempDirectory("chromium");
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--no-first-run",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + home,
                  "about:blank")
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("log.txt").toFile())
              .start();
      String port =
          Wait.atMost(MAX_START_TIME)
              .untilThere("Chromium listens", () -> firstLine(home.resolve("DevToolsActivePort")));
      return new Chromium(process, home, page(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> firstLine(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file).stream().findFirst() : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI page(String port) {
    return Wait.atMost(MAX_START_TIME)
        .untilThere(
            "there is a page",
            () ->
                Api.at("http://127.0.0.1:" + port)
                    .get("/json/list")
                    .expect(200)
                    .json()
                    .valueStream()
                    .filter(target -> target.path("type").asString().equals("page"))
                    .map(target -> URI.create(target.path("webSocketDebuggerUrl").asString()))
                    .findFirst());
  }

  /** A screen of this width, as of a phone or a desktop: a phone's shows no scroll bar. */
  void isWide(int pixels) {
    widthPixels = pixels;
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            pixels,
            "height",
            HEIGHT_PIXELS,
            "deviceScaleFactor",
            1,
            "mobile",
            pixels < MIN_DESKTOP_PIXELS));
  }

  int width() {
    return widthPixels;
  }

  void opens(String address) {
    call("Page.navigate", Map.of("url", address));
    awaits("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** Whether a person sees this text. */
  boolean shows(String text) {
    return evaluate("document.body.innerText.replace(/\\s+/g, ' ')").asString().contains(text);
  }

  /** Presses Tab until what has the focus fits the selector; the focus must be seen. */
  void tabsTo(String selector) {
    for (int tabs = 0; tabs < MAX_TABS; tabs++) {
      presses("Tab");
      if (evaluate("document.activeElement.matches(%s)".formatted(quoted(selector))).asBoolean()) {
        if (!evaluate(
                "(s => s.outlineStyle !== 'none' || s.boxShadow !=="
                    + " 'none')(getComputedStyle(document.activeElement))")
            .asBoolean()) {
          throw new NotAsExpected("nobody sees that " + selector + " has the focus");
        }
        return;
      }
    }
    throw new NotAsExpected("no key leads to " + selector);
  }

  /** Types into what has the focus. */
  void types(String text) {
    call("Input.insertText", Map.of("text", text));
  }

  /** Presses a key: {@code Tab}, {@code Enter}. */
  void presses(String key) {
    int code = key.equals("Tab") ? 9 : 13;
    for (String type : List.of("rawKeyDown", "char", "keyUp")) {
      if (type.equals("char") && !key.equals("Enter")) {
        continue;
      }
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "code",
              key,
              "text",
              type.equals("char") ? "\r" : "",
              "windowsVirtualKeyCode",
              code));
    }
  }

  /** Waits until a condition in the page is true. */
  void awaits(String condition) {
    Wait.atMost(MAX_ANSWER_TIME).until(condition, () -> evaluate(condition).asBoolean(false));
  }

  JsonNode evaluate(String expression) {
    return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
        .at("/result/value");
  }

  /** Errors of scripts; answers like 401 are pages, too. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Keeps a picture of the page, for people. */
  void keepsPicture(Path file) {
    String picture =
        call("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
            .path("data")
            .asString();
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    socket
        .sendText(
            JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    JsonNode told = answer.orTimeout(MAX_ANSWER_TIME.toSeconds(), TimeUnit.SECONDS).join();
    if (told.has("error")) {
      throw new NotAsExpected(method + ": " + told.path("error"));
    }
    return told.path("result");
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(MAX_ANSWER_TIME.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      try (var files = Files.walk(home)) {
        for (Path file : files.toList().reversed()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the browser tells: answers, and what went wrong in the page. */
  private final class Told implements WebSocket.Listener {

    private final List<CharSequence> parts = new ArrayList<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.add(data.toString());
      if (last) {
        JsonNode message = JSON.readTree(String.join("", parts));
        parts.clear();
        take(message);
      }
      from.request(1);
      return null;
    }

    private void take(JsonNode message) {
      CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt(0));
      if (answer != null) {
        answer.complete(message);
        return;
      }
      String method = message.path("method").asString("");
      JsonNode entry = message.at("/params/entry");
      boolean isError =
          method.equals("Runtime.exceptionThrown")
              || (method.equals("Log.entryAdded")
                  && entry.path("level").asString("").equals("error")
                  && !entry.path("source").asString("").equals("network"));
      if (isError) {
        faults.add(message.path("params").toString());
      }
    }
  }
}
