package io.cpdevents.billing.broken;

import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import java.io.IOException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;

/**
 * Nobody says who may call it or knows who has; and it listens as well, outside of the folder for
 * that.
 */
@Controller
class InvoiceController {

  private final HandleInvoices invoices;
  private final CloseInvoice closeInvoice;

  InvoiceController(HandleInvoices invoices, CloseInvoice closeInvoice) {
    this.invoices = invoices;
    this.closeInvoice = closeInvoice;
  }

  @DeleteMapping("/invoices")
  void reprint() throws IOException, InterruptedException {
    invoices.print("none");
  }

  @PutMapping("/invoices")
  void close() {
    closeInvoice.handle();
  }

  @GetMapping("/invoices")
  void print() throws IOException, InterruptedException {
    invoices.print("all");
  }

  @KafkaListener
  void on(RegistrationExpired expired) throws IOException, InterruptedException {
    invoices.cancel(expired);
  }
}
