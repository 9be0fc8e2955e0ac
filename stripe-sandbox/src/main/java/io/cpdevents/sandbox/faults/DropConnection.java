package io.cpdevents.sandbox.faults;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Closes the connection of a marked request before a byte of the answer is sent. */
@Component
class DropConnection implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
  private static final String MARK = DropConnection.class.getName();

  static void mark(HttpServletRequest request) {
    request.setAttribute(MARK, true);
  }

  static boolean isMarked(HttpServletRequest request) {
    return request.getAttribute(MARK) != null;
  }

  @Override
  public void customize(ConfigurableTomcatWebServerFactory factory) {
    factory.addEngineValves(
        new ValveBase(true) {
          @Override
          public void invoke(Request request, Response response)
              throws IOException, ServletException {
            getNext().invoke(request, response);
            if (request.getAttribute(MARK) != null) {
              response.resetBuffer();
              response
                  .getCoyoteResponse()
                  .action(ActionCode.CLOSE_NOW, new IOException("A fault drops the connection"));
            }
          }
        });
  }
}
