package io.cpdevents.accounts;

import io.cpdevents.accounts.zoom.ZoomAtTest;
import io.cpdevents.platform.test.CpdIntegrationTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** The whole service; all tests share one context, so each uses its own people and addresses. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@CpdIntegrationTest(
    properties = {
      "cpd.accounts.secrets.token-key=" + AccountsIntegrationTest.TOKEN_KEY,
      "cpd.public-url=" + AccountsIntegrationTest.PUBLIC_URL,
      "cpd.web-url=" + AccountsIntegrationTest.WEB_URL,
      "cpd.accounts.former-token-keys=" + AccountsIntegrationTest.FORMER_TOKEN_KEY,
      "cpd.accounts.bootstrap-admin-email=" + AccountsIntegrationTest.FIRST_ADMIN,
      "cpd.accounts.limits.mode=production",
      "cpd.security.internal-token=" + AccountsIntegrationTest.INTERNAL_TOKEN
    })
@ContextConfiguration(initializers = ZoomAtTest.class)
@Import(People.class)
public @interface AccountsIntegrationTest {
  String TOKEN_KEY = "a-token-key-for-tests-of-32-characters";
  String FORMER_TOKEN_KEY = "what-the-key-was-before-of-32-characters";
  String PUBLIC_URL = "http://localhost:8080";
  String WEB_URL = "https://app.cpd.example/";
  String FIRST_ADMIN = "first-admin@example.org";
  String INTERNAL_TOKEN = "internal-token-for-tests";
}
