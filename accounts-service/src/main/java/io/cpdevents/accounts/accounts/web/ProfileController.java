package io.cpdevents.accounts.accounts.web;

import io.cpdevents.accounts.accounts.ChangeProfile;
import io.cpdevents.accounts.accounts.Preferences;
import io.cpdevents.accounts.accounts.ProfileQueries;
import io.cpdevents.accounts.accounts.ProfileQueries.Profile;
import io.cpdevents.accounts.names.DisplayName;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Me")
@RestController
@RequestMapping("/api/v1/me")
class ProfileController {

  /** What is to change; a field that is left out or null stays as it is. */
  record ProfileRequest(
      @Nullable String name, @Nullable String locale, @Nullable String timeZone) {}

  private final ProfileQueries profiles;
  private final ChangeProfile changeProfile;

  ProfileController(ProfileQueries profiles, ChangeProfile changeProfile) {
    this.profiles = profiles;
    this.changeProfile = changeProfile;
  }

  @Operation(summary = "Who I am and which organizations I belong to")
  @GetMapping
  @AccountEndpoint
  Profile read(Caller caller) {
    return profiles.of(caller.accountId());
  }

  @Operation(summary = "Change my name, language or time zone")
  @PatchMapping
  @AccountEndpoint
  Profile change(@Valid @RequestBody ProfileRequest body, Caller caller) {
    changeProfile.handle(
        new ChangeProfile.Command(
            caller.accountId(),
            body.name() == null ? null : DisplayName.of("name", body.name()),
            Preferences.of(body.locale(), body.timeZone())));
    return profiles.of(caller.accountId());
  }
}
