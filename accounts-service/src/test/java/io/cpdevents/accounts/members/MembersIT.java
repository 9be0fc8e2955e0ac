package io.cpdevents.accounts.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.invitations.RemoveExpiredInvitations;
import io.cpdevents.contracts.accounts.MemberEvent;
import io.cpdevents.contracts.accounts.MemberEvent.MemberGainedRights;
import io.cpdevents.contracts.accounts.MemberEvent.MemberInvited;
import io.cpdevents.contracts.accounts.MemberEvent.MemberRemoved;
import io.cpdevents.contracts.accounts.MemberEvent.MemberRoleChanged;
import io.cpdevents.contracts.accounts.MemberRole;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who belongs to an organization: inviting, accepting, changing roles, leaving, removing. */
@AccountsIntegrationTest
class MembersIT {

  private static final String PATH = "/api/v1/organizations/";
  private static final String ACCEPTANCE = "/api/v1/invitations/acceptance";

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired JdbcClient jdbc;
  @Autowired MutableClock clock;
  @Autowired RemoveExpiredInvitations removeExpiredInvitations;

  /** Somebody with an address, logged in. */
  private record Somebody(String email, LoggedIn session, ApiClient client) {
    UUID id() {
      return session.accountId();
    }
  }

  private Somebody somebody() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn session = people.loggedIn(email);
    return new Somebody(email, session, people.newcomer().as(session.bearer()));
  }

  private UUID foundedBy(Somebody founder) {
    return founder
        .client()
        .post("/api/v1/organizations", Map.of("name", "Circle"))
        .expect(201)
        .id();
  }

  private static Answer invite(ApiClient by, UUID organization, String email, String role) {
    return by.post(PATH + organization + "/members", Map.of("email", email, "role", role));
  }

  private String tokenOf(UUID invitation) {
    String link =
        people.internal().get("/internal/invitations/" + invitation).expect(200).text("link");
    assertThat(link).startsWith(AccountsIntegrationTest.WEB_URL + "invitations#token=");
    return link.substring(link.indexOf('=') + 1);
  }

  private static Answer accept(Somebody person, String token) {
    return person.client().post(ACCEPTANCE, Map.of("token", token));
  }

  private Somebody member(Somebody owner, UUID organization, String role) {
    Somebody person = somebody();
    UUID invitation = invite(owner.client(), organization, person.email(), role).expect(202).id();
    accept(person, tokenOf(invitation)).expect(200);
    return person;
  }

  private static Answer change(Somebody by, UUID organization, Somebody whose, String role) {
    return by.client().patch(PATH + organization + "/members/" + whose.id(), Map.of("role", role));
  }

  private static Answer remove(Somebody by, UUID organization, Somebody whom) {
    return by.client().delete(PATH + organization + "/members/" + whom.id());
  }

  private List<String> actions(UUID organization) {
    return events.all(AuditEntryRecorded.class).stream()
        .filter(entry -> organization.equals(entry.organizationId()))
        .map(AuditEntryRecorded::action)
        .toList();
  }

  @Test
  void a_stolen_session_alone_lets_nobody_in_and_throws_nobody_out() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody admin = member(owner, organization, "admin");
    Somebody thief =
        new Somebody(owner.email(), owner.session(), people.newcomer().as(stale(owner)));

    invite(thief.client(), organization, people.newEmail(), "owner")
        .refused(403, "step-up-required");
    remove(thief, organization, admin).refused(403, "step-up-required");

    Somebody leaving =
        new Somebody(admin.email(), admin.session(), people.newcomer().as(stale(admin)));
    remove(leaving, organization, leaving).expect(204);
  }

  @Test
  void an_admin_replaces_no_invitation_that_only_an_owner_may_send() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody admin = member(owner, organization, "admin");
    Somebody invited = somebody();
    String token =
        tokenOf(invite(owner.client(), organization, invited.email(), "finance").expect(202).id());

    invite(admin.client(), organization, invited.email(), "staff").refused(403, "role-missing");

    accept(invited, token).expect(200);
  }

  private static String stale(Somebody person) {
    return TestTokens.token()
        .account(person.id())
        .session(person.session().sessionId())
        .proved(Instant.now().minusSeconds(301))
        .bearer();
  }

  @Test
  void an_invitation_is_accepted_by_the_person_of_the_address_and_by_nobody_else() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody invited = somebody();

    Answer sent =
        invite(
                owner.client(),
                organization,
                " " + invited.email().toUpperCase(java.util.Locale.ROOT),
                "finance")
            .expect(202);

    assertThat(sent.text("email")).isEqualTo(invited.email());
    assertThat(sent.text("role")).isEqualTo("finance");
    MemberInvited told =
        events.await(MemberInvited.class, event -> event.invitationId().equals(sent.id()));
    assertThat(told.expiresAt()).isEqualTo(told.invitedAt().plus(Duration.ofDays(7)));
    Answer content = people.internal().get("/internal/invitations/" + sent.id()).expect(200);
    assertThat(content.text("organization")).isEqualTo("Circle");
    assertThat(content.text("inviter")).isEqualTo("Ada Lovelace");
    people.newcomer().get("/internal/invitations/" + sent.id()).refused(401, "internal-only");
    String token = tokenOf(sent.id());
    assertThat(
            jdbc.sql("SELECT count(*) FROM invitation WHERE encode(token_sha256, 'hex') = :hex")
                .param(
                    "hex",
                    java.util.HexFormat.of()
                        .formatHex(io.cpdevents.accounts.secrets.Sha256.of(token)))
                .query(Integer.class)
                .single())
        .isEqualTo(1);
    assertThat(openInvitations(owner, organization)).isEqualTo(1);

    accept(somebody(), token).refused(403, "invitation-of-another-address");
    accept(invited, "nobody-s-token").refused(400, "token-invalid");
    people.newcomer().post(ACCEPTANCE, Map.of("token", token)).expect(401);
    List<Answer> twice = AtOnce.times(4, () -> accept(invited, token));

    assertThat(twice).extracting(Answer::status).containsOnly(200);
    assertThat(twice.getFirst().text("organizationId")).isEqualTo(organization.toString());
    assertThat(twice.getFirst().text("role")).isEqualTo("finance");
    accept(invited, token).expect(200);
    events.await(RolesChanged.class, event -> event.accountId().equals(invited.id()));
    assertThat(invited.client().get(PATH + organization).expect(200).text("role"))
        .isEqualTo("finance");
    people.internal().get("/internal/invitations/" + sent.id()).expect(404);
    assertThat(openInvitations(owner, organization)).isZero();
    events.await(
        AuditEntryRecorded.class,
        entry ->
            organization.equals(entry.organizationId()) && entry.action().equals("member.joined"));
    assertThat(actions(organization)).containsOnlyOnce("invitation.sent", "member.joined");
    invite(owner.client(), organization, invited.email(), "staff").refused(409, "already-member");
  }

  @Test
  void an_invitation_that_is_mailed_again_after_the_key_was_changed_has_a_link_that_counts() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody invited = somebody();
    UUID invitation =
        invite(owner.client(), organization, invited.email(), "staff").expect(202).id();
    String token = tokenOf(invitation);
    jdbc.sql("UPDATE invitation SET token_sha256 = sha256(token_sha256) WHERE id = :id")
        .param("id", invitation)
        .update();
    accept(invited, token).refused(400, "token-invalid");

    assertThat(tokenOf(invitation)).isEqualTo(token);

    accept(invited, token).expect(200);
  }

  @Test
  void who_was_removed_is_not_told_that_they_belong_to_it_by_their_old_link() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody invited = somebody();
    String token =
        tokenOf(invite(owner.client(), organization, invited.email(), "staff").expect(202).id());
    accept(invited, token).expect(200);
    accept(invited, token).expect(200);

    owner.client().delete(PATH + organization + "/members/" + invited.id()).expect(204);

    accept(invited, token).refused(400, "token-invalid");
  }

  @Test
  void of_two_people_the_second_use_of_a_link_is_refused_and_so_is_one_that_was_replaced() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody invited = somebody();
    String first =
        tokenOf(invite(owner.client(), organization, invited.email(), "staff").expect(202).id());

    UUID again = invite(owner.client(), organization, invited.email(), "admin").expect(202).id();

    accept(invited, first).refused(400, "token-invalid");
    assertThat(accept(invited, tokenOf(again)).expect(200).text("role")).isEqualTo("admin");
  }

  private static int openInvitations(Somebody owner, UUID organization) {
    return owner
        .client()
        .get(PATH + organization + "/invitations")
        .expect(200)
        .body()
        .path("data")
        .size();
  }

  @Test
  void each_of_those_who_invite_somebody_at_once_hears_of_their_own_invitation() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    String email = people.newEmail();

    List<Answer> answers =
        AtOnce.times(8, () -> invite(owner.client(), organization, email, "staff"));

    assertThat(answers).allMatch(answer -> answer.status() == 202);
    assertThat(answers.stream().map(Answer::id).distinct()).hasSize(8);
    assertThat(openInvitations(owner, organization)).isOne();
  }

  @Test
  void an_invitation_ends_after_seven_days_or_when_it_is_taken_back() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody invited = somebody();
    UUID revoked = invite(owner.client(), organization, invited.email(), "staff").expect(202).id();
    String ofRevoked = tokenOf(revoked);
    somebody()
        .client()
        .delete("/api/v1/invitations/" + revoked)
        .refused(404, "invitation-not-found");
    somebody().client().get("/api/v1/invitations/" + revoked).refused(404, "invitation-not-found");
    owner.client().get("/api/v1/invitations/" + revoked).expect(200);
    owner.client().delete("/api/v1/invitations/" + revoked).expect(204);
    owner.client().delete("/api/v1/invitations/" + revoked).refused(404, "invitation-not-found");
    accept(invited, ofRevoked).refused(400, "token-invalid");

    UUID old = invite(owner.client(), organization, invited.email(), "staff").expect(202).id();
    String ofOld = tokenOf(old);
    clock.advance(Duration.ofDays(7));
    accept(invited, ofOld).refused(400, "token-invalid");
    people.internal().get("/internal/invitations/" + old).expect(404);
    int removed = removeExpiredInvitations.handle();
    assertThat(removed).isPositive();
    // Others' may have expired as well.
    while (removed > 0) {
      removed = removeExpiredInvitations.handle();
    }
    assertThat(
            jdbc.sql("SELECT count(*) FROM invitation WHERE id = :id")
                .param("id", old)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void nobody_gives_or_takes_rights_that_they_lack() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody admin = member(owner, organization, "admin");
    Somebody staff = member(owner, organization, "staff");
    Somebody finance = member(owner, organization, "finance");

    for (String role : List.of("owner", "finance")) {
      invite(admin.client(), organization, people.newEmail(), role).refused(403, "role-missing");
      change(admin, organization, staff, role).refused(403, "role-missing");
      change(admin, organization, admin, role).refused(403, "role-missing");
    }
    change(admin, organization, owner, "staff").refused(403, "role-missing");
    remove(admin, organization, owner).refused(403, "role-missing");
    remove(admin, organization, finance).refused(403, "role-missing");
    for (Somebody other : List.of(staff, finance)) {
      invite(other.client(), organization, people.newEmail(), "staff").refused(403, "role-missing");
      change(other, organization, other, "owner").refused(403, "role-missing");
      remove(other, organization, admin).refused(403, "role-missing");
    }
    UUID ofOwner =
        invite(owner.client(), organization, people.newEmail(), "owner").expect(202).id();
    admin.client().delete("/api/v1/invitations/" + ofOwner).refused(403, "role-missing");
    change(admin, organization, staff, "admin").expect(200);
    assertThat(
            events.await(
                MemberRoleChanged.class,
                event ->
                    event.accountId().equals(staff.id())
                        && event.organizationId().equals(organization)))
        .satisfies(event -> {
          assertThat(event.from()).isEqualTo(MemberRole.STAFF);
          assertThat(event.to()).isEqualTo(MemberRole.ADMIN);
        });
    Somebody stranger = somebody();
    invite(stranger.client(), organization, people.newEmail(), "staff")
        .refused(404, "organization-not-found");
    change(stranger, organization, staff, "staff").refused(404, "organization-not-found");
    remove(stranger, organization, staff).refused(404, "organization-not-found");
    change(owner, organization, stranger, "staff").refused(404, "member-not-found");
    remove(owner, organization, stranger).refused(404, "member-not-found");
  }

  @Test
  void owners_are_told_of_whoever_may_decide_from_now_on_and_of_nobody_else() {
    Somebody first = somebody();
    UUID organization = foundedBy(first);

    Somebody second = member(first, organization, "owner");
    Somebody staff = member(first, organization, "staff");
    change(second, organization, staff, "finance").expect(200);
    change(second, organization, first, "admin").expect(200);
    events.await(MemberRoleChanged.class, event -> event.accountId().equals(first.id()));

    List<MemberGainedRights> told =
        events.all(MemberGainedRights.class).stream()
            .filter(event -> event.organizationId().equals(organization))
            .toList();
    assertThat(told)
        .extracting(MemberGainedRights::accountId)
        .containsExactly(second.id(), staff.id());
    assertThat(told.getFirst().role()).isEqualTo(MemberRole.OWNER);
    assertThat(told.getFirst().ownerAccountIds()).containsExactly(first.id());
    assertThat(told.getLast().role()).isEqualTo(MemberRole.FINANCE);
    assertThat(told.getLast().ownerAccountIds()).containsExactlyInAnyOrder(first.id(), second.id());
  }

  @Test
  void what_somebody_has_invited_to_ends_with_the_right_to_do_so() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody admin = member(owner, organization, "admin");
    Somebody friend = somebody();
    String token =
        tokenOf(invite(admin.client(), organization, friend.email(), "admin").expect(202).id());
    Somebody other = somebody();
    String kept =
        tokenOf(invite(owner.client(), organization, other.email(), "staff").expect(202).id());

    remove(owner, organization, admin).expect(204);

    accept(friend, token).refused(400, "token-invalid");
    accept(other, kept).expect(200);
  }

  @Test
  void who_is_removed_is_told_and_has_no_role_from_then_on_and_who_leaves_is_not_told() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody removed = member(owner, organization, "staff");
    Somebody leaves = member(owner, organization, "finance");
    String session = removed.session().token();
    assertThat(people.exchange(session).expect(200).body().toString()).isNotEmpty();

    remove(owner, organization, removed).expect(204);
    remove(leaves, organization, leaves).expect(204);

    removed.client().get(PATH + organization).refused(404, "organization-not-found");
    leaves.client().get(PATH + organization).refused(404, "organization-not-found");
    remove(leaves, organization, leaves).refused(404, "organization-not-found");
    events.await(MemberRemoved.class, event -> event.accountId().equals(removed.id()));
    events.await(
        AuditEntryRecorded.class,
        entry ->
            organization.equals(entry.organizationId()) && entry.action().equals("member.left"));
    assertThat(events.all(MemberEvent.class))
        .noneMatch(
            event -> event instanceof MemberRemoved told && told.accountId().equals(leaves.id()));
    assertThat(
            events.all(RolesChanged.class).stream()
                .filter(event -> event.accountId().equals(removed.id())))
        .as("joined and removed")
        .hasSize(2);
    assertThat(actions(organization)).containsOnlyOnce("member.removed", "member.left");
  }

  @Test
  void of_two_owners_who_leave_at_once_one_stays() {
    for (int round = 0; round < 5; round++) {
      Somebody first = somebody();
      UUID organization = foundedBy(first);
      Somebody second = member(first, organization, "owner");

      List<Answer> answers =
          AtOnce.crowd(
              2,
              i ->
                  () ->
                      i == 0
                          ? remove(first, organization, first)
                          : change(second, organization, second, "staff"));

      assertThat(answers)
          .filteredOn(answer -> answer.status() < 300)
          .as("one is let go")
          .hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.status() >= 300)
          .extracting(Answer::code)
          .containsExactly("last-owner");
      assertThat(
              jdbc.sql(
                      "SELECT count(*) FROM organization_member WHERE organization_id = :id AND"
                          + " role = 'owner'")
                  .param("id", organization)
                  .query(Integer.class)
                  .single())
          .isEqualTo(1);
    }
  }

  @Test
  void mails_of_an_organization_go_to_another_owner_when_the_one_who_got_them_is_none_any_more() {
    Somebody first = somebody();
    UUID organization = foundedBy(first);
    remove(first, organization, first).refused(409, "last-owner");
    change(first, organization, first, "admin").refused(409, "last-owner");
    Somebody second = member(first, organization, "owner");
    OrganizationChanged both = told(organization, 2);
    assertThat(both.ownerAccountId()).isEqualTo(first.id());
    assertThat(both.ownerAccountIds()).containsExactlyInAnyOrder(first.id(), second.id());

    change(second, organization, first, "admin").expect(200);

    assertThat(told(organization, 3))
        .isEqualTo(
            new OrganizationChanged(
                organization, 3, "Circle", second.id(), List.of(second.id()), null));
  }

  @Test
  void all_owners_of_an_organization_are_told_whoever_of_them_comes_or_goes() {
    Somebody first = somebody();
    UUID organization = foundedBy(first);
    Somebody second = member(first, organization, "admin");

    change(first, organization, second, "owner").expect(200);
    assertThat(told(organization, 2).ownerAccountIds())
        .containsExactlyInAnyOrder(first.id(), second.id());
    remove(first, organization, second).expect(204);

    assertThat(told(organization, 3).ownerAccountIds()).containsExactly(first.id());
    assertThat(told(organization, 3).ownerAccountId()).isEqualTo(first.id());
  }

  private OrganizationChanged told(UUID organization, long version) {
    return events.await(
        OrganizationChanged.class,
        event -> event.organizationId().equals(organization) && event.version() == version);
  }

  @Test
  void ownership_is_transferred_to_a_member() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody admin = member(owner, organization, "admin");
    String path = PATH + organization + "/ownership";

    admin.client().post(path, Map.of("accountId", admin.id())).refused(403, "role-missing");
    owner
        .client()
        .post(path, Map.of("accountId", somebody().id()))
        .refused(404, "member-not-found");
    owner.client().post(path, Map.of("accountId", owner.id())).expect(204);
    assertThat(owner.client().get(PATH + organization).text("role")).isEqualTo("owner");

    List<Answer> twice =
        AtOnce.times(2, () -> owner.client().post(path, Map.of("accountId", admin.id())));

    assertThat(twice).extracting(Answer::status).containsExactlyInAnyOrder(204, 403);
    assertThat(admin.client().get(PATH + organization).text("role")).isEqualTo("owner");
    assertThat(owner.client().get(PATH + organization).text("role")).isEqualTo("admin");
    events.await(
        OrganizationChanged.class,
        event ->
            event.organizationId().equals(organization)
                && event.ownerAccountId().equals(admin.id()));
  }

  @Test
  void an_organization_has_so_many_members_and_open_invitations_at_most() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    jdbc.sql(
            """
            INSERT INTO invitation (id, organization_id, email, role, token_sha256, invited_by,
                                    invited_at, expires_at)
            SELECT gen_random_uuid(), :organization, 'crowd-' || n || '@example.org', 'staff',
                   sha256(convert_to(:salt || n, 'UTF8')), :owner, now(), :later
              FROM generate_series(3, 500) AS n
            """)
        .param("organization", organization)
        .param("salt", organization.toString())
        .param("owner", owner.id())
        .param("later", Timestamp.from(clock.instant().plus(Duration.ofDays(7))))
        .update();

    invite(owner.client(), organization, people.newEmail(), "staff").expect(202);

    invite(owner.client(), organization, people.newEmail(), "staff")
        .refused(409, "member-limit-reached");
  }

  @Test
  void the_invitations_of_one_organization_keep_no_other_from_inviting_the_person() {
    Somebody stranger = somebody();
    UUID theirs = foundedBy(stranger);
    String email = people.newEmail();
    for (int i = 0; i < 10; i++) {
      invite(stranger.client(), theirs, email, "staff").expect(202);
    }
    invite(stranger.client(), theirs, email, "staff").refused(429, "too-many-requests");
    Somebody owner = somebody();

    invite(owner.client(), foundedBy(owner), email, "staff").expect(202);
  }

  @Test
  void one_person_invites_so_many_a_day_however_many_organizations_they_have() {
    Somebody owner = somebody();
    invite(owner.client(), foundedBy(owner), people.newEmail(), "staff").expect(202);
    int counted =
        jdbc.sql(
                """
                UPDATE request_limit SET used = 200
                 WHERE limit_name = 'invitation-account'
                   AND subject_sha256 = sha256(convert_to(:owner, 'UTF8'))
                """)
            .param("owner", owner.id().toString())
            .update();
    assertThat(counted).isEqualTo(1);

    invite(owner.client(), foundedBy(owner), people.newEmail(), "staff")
        .refused(429, "too-many-requests");
  }

  @Test
  void who_has_not_seen_the_latest_role_changes_nothing() {
    Somebody owner = somebody();
    UUID organization = foundedBy(owner);
    Somebody staff = member(owner, organization, "staff");
    String path = PATH + organization + "/members/" + staff.id();
    String seen = owner.client().patch(path, Map.of()).expect(200).header("ETag");

    owner.client().with("If-Match", seen).patch(path, Map.of("role", "admin")).expect(200);
    owner
        .client()
        .with("If-Match", seen)
        .patch(path, Map.of("role", "finance"))
        .refused(412, "changed-meanwhile");
    owner.client().with("If-Match", seen).delete(path).refused(412, "changed-meanwhile");
    assertThat(
            owner
                .client()
                .patch(path, "{\"role\": null}")
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly("role: required");
  }
}
