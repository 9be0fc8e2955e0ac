package io.cpdevents.accounts.passkeys;

import com.yubico.webauthn.CredentialRepository;
import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import io.cpdevents.accounts.passkeys.Passkeys.Stored;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Passkeys as the library asks for them; a user is an account, by its id. */
@Component
class StoredCredentials implements CredentialRepository {

  private static final int HANDLE_BYTES = 2 * Long.BYTES;

  private final Passkeys passkeys;

  StoredCredentials(Passkeys passkeys) {
    this.passkeys = passkeys;
  }

  /** What devices know the account by: it tells nothing about the person. */
  static ByteArray handleOf(UUID accountId) {
    return new ByteArray(
        ByteBuffer.allocate(HANDLE_BYTES)
            .putLong(accountId.getMostSignificantBits())
            .putLong(accountId.getLeastSignificantBits())
            .array());
  }

  static Optional<UUID> accountOf(ByteArray handle) {
    if (handle.size() != HANDLE_BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(handle.getBytes());
    return Optional.of(new UUID(bytes.getLong(), bytes.getLong()));
  }

  @Override
  public Set<PublicKeyCredentialDescriptor> getCredentialIdsForUsername(String username) {
    return passkeys.credentialIdsOf(UUID.fromString(username)).stream()
        .map(id -> PublicKeyCredentialDescriptor.builder().id(new ByteArray(id)).build())
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<ByteArray> getUserHandleForUsername(String username) {
    return Optional.of(handleOf(UUID.fromString(username)));
  }

  @Override
  public Optional<String> getUsernameForUserHandle(ByteArray userHandle) {
    return accountOf(userHandle).map(UUID::toString);
  }

  @Override
  public Optional<RegisteredCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
    return passkeys
        .find(credentialId.getBytes())
        .filter(stored -> handleOf(stored.accountId()).equals(userHandle))
        .map(StoredCredentials::registered);
  }

  @Override
  public Set<RegisteredCredential> lookupAll(ByteArray credentialId) {
    return passkeys.find(credentialId.getBytes()).map(StoredCredentials::registered).stream()
        .collect(Collectors.toSet());
  }

  private static RegisteredCredential registered(Stored stored) {
    return RegisteredCredential.builder()
        .credentialId(new ByteArray(stored.credentialId()))
        .userHandle(handleOf(stored.accountId()))
        .publicKeyCose(new ByteArray(stored.publicKeyCose()))
        .signatureCount(stored.signCount())
        .build();
  }
}
