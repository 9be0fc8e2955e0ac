package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Account links: addresses of the hosted onboarding, which work once and for a few minutes. The
 * first visit begins a form, which has another secret and can be reloaded until it is submitted.
 */
@Component
class AccountLinks {
  static final String KIND = "account_link";

  private static final long LIFETIME_SECONDS = Duration.ofMinutes(5).toSeconds();
  private static final String FORM = "form";

  private final StripeObjects objects;
  private final SandboxClock clock;
  private final SandboxSettings settings;

  AccountLinks(StripeObjects objects, SandboxClock clock, SandboxSettings settings) {
    this.objects = objects;
    this.clock = clock;
    this.settings = settings;
  }

  StripeObject create(StripeObject account, String refreshUrl, String returnUrl) {
    String id = StripeIds.next("alink");
    long now = clock.epochSecond();
    ObjectNode body = StripeJson.object();
    body.put("id", id);
    body.put("object", KIND);
    body.put("created", now);
    body.put("expires_at", now + LIFETIME_SECONDS);
    body.put("account", account.id());
    body.put(
        "url", settings.publicUrl() + OnboardingPage.PATH.replace("{id}", account.id()) + "/" + id);
    body.put("refresh_url", refreshUrl);
    body.put("return_url", returnUrl);
    StripeObject link = new StripeObject(account.account(), body, StripeJson.object());
    objects.add(link);
    return link;
  }

  /** The link of an account, whether it can still be used or not. */
  Optional<StripeObject> find(String accountId, String linkId) {
    return objects.findAnywhere(KIND, linkId).filter(link -> link.is("account", accountId));
  }

  /** Uses a link: the secret of its form, or nothing when it has expired or was used before. */
  Optional<String> use(String linkId) {
    StripeObject link = objects.lockExisting(KIND, linkId);
    if (link.innerText(FORM) != null || link.number("expires_at") <= clock.epochSecond()) {
      return Optional.empty();
    }
    String form = StripeIds.next("form");
    link.inner().put(FORM, form);
    objects.save(link);
    return Optional.of(form);
  }

  /** Whether this is the secret of the link's form. */
  static boolean hasForm(StripeObject link, String form) {
    return form.equals(link.innerText(FORM));
  }
}
