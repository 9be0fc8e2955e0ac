package io.cpdevents.accounts.localaccounts;

import io.cpdevents.accounts.accounts.ProvideAccount;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordOwner;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.security.PlatformRole;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Provides an account for each platform role on a developer's machine, with the password {@code
 * CPD_DEMO_PASSWORD}. Everywhere else the first platform-admin is invited instead.
 */
@Component
@Profile("local")
class LocalAccounts implements ApplicationRunner {

  private final ProvideAccount provideAccount;
  private final SecretText password;

  LocalAccounts(
      ProvideAccount provideAccount,
      @Value("${cpd.accounts.local-accounts.password}") String password) {
    this.provideAccount = provideAccount;
    this.password = new SecretText(password);
  }

  @Override
  public void run(ApplicationArguments arguments) {
    provide("admin@cpd.local", "Local Admin", PlatformRole.PLATFORM_ADMIN);
    provide("finance@cpd.local", "Local Finance", PlatformRole.PLATFORM_FINANCE);
    provide("controller@cpd.local", "Local Controller", PlatformRole.PLATFORM_FINANCE);
    provide("support@cpd.local", "Local Support", PlatformRole.PLATFORM_SUPPORT);
  }

  private void provide(String email, String name, PlatformRole role) {
    provideAccount.handle(
        new ProvideAccount.Command(
            email, Password.chosen(password, new PasswordOwner(email, name)), name, role));
  }
}
