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
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ES256 key that signs access tokens: the configured one, or one that the first instance
 * generates and stores in the database for all.
 */
@Component
public class SigningKeys {

  private final StoredSigningKeys storedKeys;
  private final TransactionTemplate transaction;
  private final SigningKeyEncryption encryption;
  private final Clock clock;
  private final Optional<ECKey> configured;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable ECKey current;

  SigningKeys(
      StoredSigningKeys storedKeys,
      TransactionTemplate transaction,
      SigningKeyEncryption encryption,
      Clock clock,
      @Value("${cpd.accounts.signing-key}") String configured) {
    this.storedKeys = storedKeys;
    this.transaction = transaction;
    this.encryption = encryption;
    this.clock = clock;
    this.configured = configured.isBlank() ? Optional.empty() : Optional.of(parse(configured));
  }

  /** The key to sign with, private part included. */
  ECKey current() {
    ECKey known = current;
    if (known != null) {
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

  /** Every key that a token may be signed with, public parts only. */
  public JWKSet published() {
    List<JWK> keys = new ArrayList<>();
    ECKey signing = current();
    keys.add(signing.toPublicJWK());
    storedKeys
        .publicJwksWithout(signing.getKeyID())
        .forEach(publicJwk -> keys.add(parse(publicJwk)));
    return new JWKSet(keys);
  }

  private ECKey loadOrCreate() {
    ECKey key =
        transaction.execute(_ -> {
          // Instances that start together take turns, so that the second finds the first one's key.
          storedKeys.lockCreation();
          return load().orElseGet(this::create);
        });
    if (key == null) {
      throw new IllegalStateException("the transaction answered nothing");
    }
    return key;
  }

  private Optional<ECKey> load() {
    return storedKeys.latest().stream()
        .flatMap(stored -> encryption.decrypt(stored.id(), stored.privateJwkEncrypted()).stream())
        .map(SigningKeys::parse)
        .findFirst();
  }

  private ECKey create() {
    ECKey key = generate();
    storedKeys.add(
        new StoredKey(key.getKeyID(), encryption.encrypt(key.getKeyID(), key.toJSONString())),
        key.toPublicJWK().toJSONString(),
        clock.instant());
    return key;
  }

  private static ECKey generate() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
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
