package io.cpdevents.platform.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;

/**
 * A service that was asked to end says at once that it is not ready, and goes on answering for a
 * while: whoever distributes requests among its instances looks at that every few seconds, and
 * keeps connections open that have been there before. Each of these is closed with its next answer,
 * so that the next request goes elsewhere. Only then does the server take no connections any more,
 * and waits for the requests that are under way.
 */
final class Draining implements SmartLifecycle, Filter {

  private final Duration time;
  private volatile boolean running;
  private volatile boolean draining;

  /** For so long; zero where nobody distributes requests. */
  Draining(Duration time) {
    this.time = time;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (draining && response instanceof HttpServletResponse answer) {
      answer.setHeader(HttpHeaders.CONNECTION, "close");
    }
    chain.doFilter(request, response);
  }

  @Override
  public void start() {
    running = true;
  }

  /** Before everything else ends: listeners and jobs go on meanwhile, too. */
  @Override
  public void stop() {
    draining = true;
    running = false;
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
