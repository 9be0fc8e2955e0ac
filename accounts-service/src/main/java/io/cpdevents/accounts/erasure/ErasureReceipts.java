package io.cpdevents.accounts.erasure;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import io.cpdevents.accounts.erasure.Erasures.Answer;
import io.cpdevents.accounts.secrets.TokenKey;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.contracts.erasure.KeptGround;
import io.cpdevents.contracts.erasure.KeptRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs the receipts of erasures, as JWS (flattened JSON) with ES256. The key is derived from
 * {@code CPD_TOKEN_KEY} and stored nowhere: what it has signed can be verified for as long as that
 * secret is known, this one or a former one, and not for a month alone as an access token.
 */
@Component
class ErasureReceipts {

  /**
   * What the person gets: who was asked, and what is kept on what ground. No name and no address.
   */
  record Receipt(
      UUID erasureId,
      UUID accountId,
      Instant requestedAt,
      Instant startedAt,
      Instant signedAt,
      List<Part> services) {}

  /** One service's part. */
  record Part(String service, Instant answeredAt, List<Kept> kept) {}

  /** A signed receipt, as RFC 7515 writes one as JSON. */
  private record Jws(@JsonProperty("protected") String header, String payload, String signature) {}

  private static final String PURPOSE = "erasure receipts";
  private static final String CURVE = "secp256r1";

  /** What this service keeps: entries of the audit log are never taken out of their chain. */
  static final List<Kept> KEPT_HERE = List.of(new Kept(KeptRecord.AUDIT_LOG, KeptGround.SECURITY));

  private final JsonMapper json;
  private final ECKey current;
  private final List<ECKey> all = new ArrayList<>();

  ErasureReceipts(
      JsonMapper json,
      TokenKey key,
      @Value("${cpd.accounts.former-token-keys:}") List<String> former) {
    this.json = json;
    this.current = derivedFrom(key);
    Stream.concat(
            Stream.of(current), former.stream().map(secret -> derivedFrom(new TokenKey(secret))))
        .forEach(all::add);
  }

  /** The public keys by which receipts can be verified. */
  List<ECKey> published() {
    return all.stream().map(ECKey::toPublicJWK).toList();
  }

  /** The receipt of an erasure that all services have answered. */
  String sign(Erasure erasure, List<Answer> answers, Instant now) {
    Instant startedAt = erasure.startedAt();
    if (startedAt == null) {
      throw new IllegalStateException(erasure.id() + " was not started");
    }
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("accounts", now, KEPT_HERE));
    answers.forEach(
        answer -> parts.add(new Part(answer.service(), answer.answeredAt(), answer.kept())));
    Receipt receipt =
        new Receipt(
            erasure.id(), erasure.accountId(), erasure.requestedAt(), startedAt, now, parts);
    JWSObject signed =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(current.getKeyID())
                .type(new JOSEObjectType("erasure-receipt+json"))
                .build(),
            new Payload(json.writeValueAsBytes(receipt)));
    try {
      signed.sign(new ECDSASigner(current));
    } catch (JOSEException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
    return json.writeValueAsString(
        new Jws(
            signed.getHeader().toBase64URL().toString(),
            signed.getPayload().toBase64URL().toString(),
            signed.getSignature().toString()));
  }

  private static ECKey derivedFrom(TokenKey key) {
    X9ECParameters curve = CustomNamedCurves.getByName(CURVE);
    BigInteger secret =
        new BigInteger(1, key.keyFor(PURPOSE))
            .mod(curve.getN().subtract(BigInteger.ONE))
            .add(BigInteger.ONE);
    ECPoint point = curve.getG().multiply(secret).normalize();
    int bits = curve.getCurve().getFieldSize();
    try {
      return new ECKey.Builder(
              Curve.P_256,
              ECKey.encodeCoordinate(bits, point.getAffineXCoord().toBigInteger()),
              ECKey.encodeCoordinate(bits, point.getAffineYCoord().toBigInteger()))
          .d(ECKey.encodeCoordinate(bits, secret))
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint()
          .build();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
