package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An invitation to an organization, as its mail told it.
 *
 * @param mail what came to the invited address
 */
public record Invitation(Organization organization, UUID id, Mail mail) {

  /** An owner or admin invites an address; the mail arrives. */
  static Invitation sentBy(Organization organization, Person inviter, String email, String role) {
    World world = organization.world();
    int before = mails(world, email).size();
    UUID id =
        inviter
            .provenApi()
            .post(organization.path() + "/members", Map.of("email", email, "role", role))
            .expect(202)
            .id();
    inviter.api().get("/api/v1/invitations/" + id).expect(200);
    Mail mail =
        world.awaitThere(
            "the invitation of " + email,
            () -> {
              List<Mail> now = mails(world, email);
              return now.size() > before ? Optional.of(now.getFirst()) : Optional.empty();
            });
    world.keepSecret(mail.tokenInLink());
    return new Invitation(organization, id, mail);
  }

  /** The newest first. */
  private static List<Mail> mails(World world, String email) {
    return world.mailbox().find(email, "", "/invitations#token=");
  }

  /** Follows the link, and expects to belong to the organization from then on. */
  public void isAcceptedBy(Person person) {
    triesToAccept(person).expect(200);
  }

  /** Follows the link, and sees what happens. */
  public Answer triesToAccept(Person person) {
    return person.api().post("/api/v1/invitations/acceptance", Map.of("token", mail.tokenInLink()));
  }

  /** An owner or admin takes it back. */
  public void isRevokedBy(Person person) {
    person.api().delete("/api/v1/invitations/" + id).expect(204);
  }
}
