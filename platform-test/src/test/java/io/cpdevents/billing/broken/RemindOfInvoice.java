package io.cpdevents.billing.broken;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Waits for another machine, which is hidden by a port. */
@Component
class RemindOfInvoice {

  /** The port. */
  interface Courier {
    void bring(String id) throws IOException, InterruptedException;
  }

  /** Its adapter. */
  record HttpCourier(HttpClient client) implements Courier {

    @Override
    public void bring(String id) throws IOException, InterruptedException {
      client.send(
          HttpRequest.newBuilder(URI.create("http://" + id)).build(), BodyHandlers.discarding());
    }
  }

  private final Courier courier;

  RemindOfInvoice(Courier courier) {
    this.courier = courier;
  }

  @Transactional
  void handle(String id) throws IOException, InterruptedException {
    courier.bring(id);
  }
}
