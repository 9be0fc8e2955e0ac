package io.cpdevents.gateway.connections;

import io.cpdevents.gateway.GatewaySettings;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * What an instance does when it was told to end, before anything of it stops: it is not ready any
 * more, which Spring Boot says, and serves for a while whoever has not heard of that yet. Each
 * answer closes its connection, so that the next request finds another instance. The services have
 * the same from platform.
 */
@Component
final class Draining implements ApplicationListener<ContextClosedEvent>, Filter, Ordered {

  private static final Logger log = LoggerFactory.getLogger(Draining.class);

  private final ApplicationContext context;
  private final Duration time;
  private volatile boolean draining;

  Draining(ApplicationContext context, GatewaySettings settings) {
    this.context = context;
    this.time = settings.drainTime();
  }

  /** Before every other listener, of which some stop their threads at this event. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent closed) {
    if (!closed.getApplicationContext().equals(context)) {
      return;
    }
    draining = true;
    log.info("Told to end: what still comes is served for {}", time);
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (draining && response instanceof HttpServletResponse answer) {
      answer.setHeader("Connection", "close");
    }
    chain.doFilter(request, response);
  }
}
