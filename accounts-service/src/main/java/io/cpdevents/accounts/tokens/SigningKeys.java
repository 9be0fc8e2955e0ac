package io.cpdevents.accounts.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.cpdevents.accounts.tokens.StoredSigningKeys.StoredKey;
import io.cpdevents.platform.time.SystemTime;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ES256 keys of access tokens: the configured one, or those that instances generate and store
 * in the database for all. A stored key signs for {@link #SIGNING_TIME} and is then followed by
 * another; it is published until the last token it signed has expired. Its times are system time,
 * as those of its tokens are.
 *
 * <p>Only what {@code CPD_TOKEN_KEY} decrypts is believed, its public part and its end included: a
 * row that somebody puts into the database with a key of theirs is worth nothing.
 */
@Component
public class SigningKeys {

  static final Duration SIGNING_TIME = Duration.ofDays(30);

  /** Longer than a token lives, and than the clocks of two machines may differ. */
  static final Duration PUBLISHED_AFTER_SIGNING_TIME = Duration.ofMinutes(5);

  private final StoredSigningKeys storedKeys;
  private final TransactionTemplate transaction;
  private final SigningKeyEncryption encryption;
  private final InstantSource machine;
  private final Optional<ECKey> configured;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable ECKey current;

  @Autowired
  SigningKeys(
      StoredSigningKeys storedKeys,
      TransactionTemplate transaction,
      SigningKeyEncryption encryption,
      SystemTime systemTime,
      @Value("${cpd.accounts.signing-key}") String configured) {
    this(storedKeys, transaction, encryption, systemTime::now, configured);
  }

  SigningKeys(
      StoredSigningKeys storedKeys,
      TransactionTemplate transaction,
      SigningKeyEncryption encryption,
      InstantSource machine,
      String configured) {
    this.storedKeys = storedKeys;
    this.transaction = transaction;
    this.encryption = encryption;
    this.machine = machine;
    this.configured = configured.isBlank() ? Optional.empty() : Optional.of(parse(configured));
  }

  /** The key to sign with, private part included. */
  ECKey current() {
    ECKey known = current;
    if (known != null && signs(known)) {
      return known;
    }
    loading.lock();
    try {
      ECKey loaded = configured.orElseGet(this::loadOrCreate);
      current = loaded;
      return loaded;
    } finally {
      loading.unlock();
    }
  }

  /** Every key by which a token may be signed that has not expired, public parts only. */
  public JWKSet published() {
    List<JWK> keys = new ArrayList<>();
    ECKey signing = current();
    keys.add(signing.toPublicJWK());
    stored().stream()
        .filter(key -> !key.getKeyID().equals(signing.getKeyID()) && isPublished(key))
        .forEach(key -> keys.add(key.toPublicJWK()));
    return new JWKSet(keys);
  }

  private ECKey loadOrCreate() {
    ECKey key =
        transaction.execute(_ -> {
          // Instances that start together take turns, so that the second finds the first one's key.
          storedKeys.lockCreation();
          return stored().stream().filter(this::signs).findFirst().orElseGet(this::create);
        });
    if (key == null) {
      throw new IllegalStateException("the transaction answered nothing");
    }
    return key;
  }

  /** The keys that are ours, latest first. */
  private List<ECKey> stored() {
    return storedKeys.latest().stream()
        .flatMap(stored -> encryption.decrypt(stored.id(), stored.privateJwkEncrypted()).stream())
        .map(SigningKeys::parse)
        .toList();
  }

  private boolean signs(ECKey key) {
    return configured.isPresent()
        || machine.instant().isBefore(endOf(key).minus(PUBLISHED_AFTER_SIGNING_TIME));
  }

  private boolean isPublished(ECKey key) {
    return machine.instant().isBefore(endOf(key));
  }

  /** A key without an end has ended. */
  private static Instant endOf(ECKey key) {
    return key.getExpirationTime() == null ? Instant.EPOCH : key.getExpirationTime().toInstant();
  }

  private ECKey create() {
    Instant now = machine.instant();
    ECKey key = generate(now, now.plus(SIGNING_TIME).plus(PUBLISHED_AFTER_SIGNING_TIME));
    storedKeys.removeMadeBefore(now.minus(SIGNING_TIME.multipliedBy(2)));
    storedKeys.add(
        new StoredKey(key.getKeyID(), encryption.encrypt(key.getKeyID(), key.toJSONString())), now);
    return key;
  }

  private static ECKey generate(Instant now, Instant end) {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .issueTime(Date.from(now))
          .expirationTime(Date.from(end))
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  private static ECKey parse(String jwk) {
    try {
      return ECKey.parse(jwk);
    } catch (ParseException e) {
      // The message may quote the key, so it is not passed on.
      throw new IllegalStateException("a signing key is not an EC key in JWK form");
    }
  }
}
