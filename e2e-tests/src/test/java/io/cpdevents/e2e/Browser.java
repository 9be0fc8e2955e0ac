package io.cpdevents.e2e;

import io.cpdevents.driver.NotAsExpected;
import io.cpdevents.driver.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.htmlunit.BrowserVersion;
import org.htmlunit.ScriptPreProcessor;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;

/** A headless browser: it runs the scripts of pages and keeps cookies. */
final class Browser implements AutoCloseable {

  private static final long MAX_SCRIPT_START_MILLIS = 300;
  private static final Duration MAX_LOAD_TIME = Duration.ofSeconds(10);

  /** It writes neither currencies nor shares by itself. */
  private static final String NUMBERS =
      """
      Intl.NumberFormat = function (language, options) {
        const style = options && options.style;
        this.format = value =>
          style === 'currency' ? value.toFixed(2) + ' ' + options.currency
            : style === 'percent' ? value * 100 + ' %' : String(value);
        this.resolvedOptions = () => ({maximumFractionDigits: 2});
      };
      """;

  private final WebClient client = new WebClient(BrowserVersion.CHROME);

  Browser() {
    client.getOptions().setFetchPolyfillEnabled(true);
    client.getOptions().setThrowExceptionOnFailingStatusCode(false);
    client.setScriptPreProcessor(
        (ScriptPreProcessor)
            (page, source, name, line, element) ->
                name.contains("/pages/page.js") ? NUMBERS + source : source);
  }

  /** Opens an address, anew even when only its fragment is another. */
  void opens(String address) {
    try {
      client.getPage("about:blank");
      client.getPage(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    letScriptsRun();
  }

  String address() {
    return page().getUrl().toString();
  }

  /** The text that a person sees. */
  String text() {
    return text(page());
  }

  boolean shows(String text) {
    return text().contains(text);
  }

  void types(String input, String text) {
    try {
      shown("//*[self::input or self::textarea][@name='%s']".formatted(input), _ -> true)
          .type(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Presses the button with this label. */
  void presses(String label) {
    click(shown("//button", button -> text(button).equals(label)));
  }

  /** Ticks the box with this label, or takes its tick away. */
  void ticks(String label) {
    click(shown("//input[@type='checkbox']", box -> text(box.getParentNode()).contains(label)));
  }

  @Override
  public void close() {
    client.close();
  }

  private HtmlElement shown(String path, Predicate<HtmlElement> which) {
    return loaded().<HtmlElement>getByXPath(path).stream()
        .filter(HtmlElement::isDisplayed)
        .filter(which)
        .findFirst()
        .orElseThrow(() -> new NotAsExpected("there is no such " + path + " on: " + text()));
  }

  private static String text(DomNode node) {
    return node.asNormalizedText().replaceAll("\\s+", " ").strip();
  }

  private void click(DomElement element) {
    try {
      element.click();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    letScriptsRun();
  }

  private void letScriptsRun() {
    client.waitForBackgroundJavaScriptStartingBefore(MAX_SCRIPT_START_MILLIS);
  }

  /** The page once its deferred scripts have run: before, a button does not do what it says. */
  private HtmlPage loaded() {
    Wait.atMost(MAX_LOAD_TIME)
        .until(
            "the page is loaded",
            () -> DomNode.READY_STATE_COMPLETE.equals(page().getReadyState()));
    return page();
  }

  private HtmlPage page() {
    return (HtmlPage) client.getCurrentWindow().getEnclosedPage();
  }
}
