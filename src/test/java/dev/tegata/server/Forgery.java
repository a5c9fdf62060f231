package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.tegata.token.RsaKeys;
import java.util.Arrays;
import java.util.Base64;

/// Tokens of a foreign issuer, made in every way in which one can be made, good and bad.
record Forgery(ForeignIssuer issuer, String claims) {
  private static final String RS256 = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"JWT\"}";

  /// The token that `how` describes.
  String token(String how) throws JOSEException {
    return switch (how) {
      case "rs256" -> issuer.token(claims);
      case "es256" -> ec("ES256", "ec");
      case "line-break" -> issuer.token(claims) + "\r\n";
      case "no-typ" -> rsa("{\"alg\":\"RS256\",\"kid\":\"rsa\"}");
      case "unknown-kid" -> rsa("{\"alg\":\"RS256\",\"kid\":\"other\"}");
      case "no-kid" -> rsa("{\"alg\":\"RS256\"}");
      case "empty-kid" -> rsa("{\"alg\":\"RS256\",\"kid\":\"\"}");
      case "rs256-ec-kid" -> rsa("{\"alg\":\"RS256\",\"kid\":\"ec\"}");
      case "es256-rsa-kid" -> ec("ES256", "rsa");
      case "crit" -> rsa("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"b64\"],\"b64\":true}");
      case "no-alg" -> rsa("{\"kid\":\"rsa\"}");
      case "alg-nonsense" -> rsa("{\"alg\":\"RS257\",\"kid\":\"rsa\"}");
      case "none-signed" -> rsa("{\"alg\":\"none\",\"kid\":\"rsa\"}");
      case "jku-header" ->
          rsa("{\"alg\":\"RS256\",\"kid\":\"other\",\"jku\":\"" + issuer.url() + "/jwks\"}");
      case "header-not-json" -> rsa("alg");
      case "typ-at" -> rsa("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"at+jwt\"}");
      case "extra-header" -> rsa("{\"x\":{},\"alg\":\"RS256\",\"kid\":\"rsa\",\"x5t\":\"a\"}");
      case "crit-empty" -> rsa("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[]}");
      case "alg-small" -> rsa("{\"alg\":\"rs256\",\"kid\":\"rsa\"}");
      case "alg-blank" -> rsa("{\"alg\":\"RS256 \",\"kid\":\"rsa\"}");
      case "alg-null" -> rsa("{\"alg\":null,\"kid\":\"rsa\"}");
      case "alg-number" -> rsa("{\"alg\":256,\"kid\":\"rsa\"}");
      case "kid-number" -> rsa("{\"alg\":\"RS256\",\"kid\":1}");
      case "kid-path" -> rsa("{\"alg\":\"RS256\",\"kid\":\"../../../dev/null\"}");
      case "kid-sql" -> rsa("{\"alg\":\"RS256\",\"kid\":\"' or '1'='1\"}");
      case "eddsa" -> rsa("{\"alg\":\"EdDSA\",\"kid\":\"rsa\"}");
      default -> shaped(how);
    };
  }

  private String rsa(String header) {
    return issuer.sign(header, claims);
  }

  private String ec(String algorithm, String keyId) {
    return issuer.signEc("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\"}", claims);
  }

  /// Tokens that are cut and pasted from others.
  private String shaped(String how) throws JOSEException {
    String[] good = issuer.token(claims).split("\\.", -1);
    return switch (how) {
      case "none" -> unsigned("none");
      case "none-capitals" -> unsigned("NONE");
      case "word" -> "gho_16C7e42F292c6912E7710c838347Ae178B4a";
      case "two-parts" -> good[0] + "." + good[1];
      case "five-parts" -> String.join(".", good) + ".x.y";
      case "dots" -> "a..b";
      case "empty-claims" -> issuer.sign(RS256, "{}");
      case "twice" -> issuer.sign(RS256, "{\"sub\":\"stranger\"," + claims.substring(1));
      case "payload-deep" ->
          issuer.sign(RS256, "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}");
      case "payload-latin" ->
          good[0] + "." + Base64URL.encode(new byte[] {'{', '"', (byte) 0xe9, '"'}) + "." + good[2];
      case "plain-base64" -> good[0] + "." + good[1] + ".+/" + good[2].substring(2);
      case "blank" -> good[0] + "." + good[1].replaceFirst("(?<=.{9}).", " ") + "." + good[2];
      case "swapped-signature" ->
          good[0] + "." + good[1] + "." + issuer.token("{}").split("\\.", -1)[2];
      case "payload-list" -> issuer.sign(RS256, "[" + claims + "]");
      case "padding" -> good[0] + "." + good[1] + "." + good[2] + "==";
      case "empty-signature" -> good[0] + "." + good[1] + ".";
      case "truncated-signature" -> good[0] + "." + good[1] + "." + half(good[2]);
      case "tampered-payload" ->
          good[0] + "." + Base64URL.encode(claims.replace("main", "trunk")) + "." + good[2];
      case "tampered-header" ->
          Base64URL.encode(RS256.replace("JWT", "jwt")) + "." + good[1] + "." + good[2];
      case "tampered-signature" -> good[0] + "." + good[1] + "." + flipped(good[2]);
      case "es256-zeros" ->
          Base64URL.encode("{\"alg\":\"ES256\",\"kid\":\"ec\"}")
              + "."
              + good[1]
              + "."
              + Base64URL.encode(new byte[64]);
      default -> keyed(how);
    };
  }

  private String unsigned(String algorithm) {
    return Base64URL.encode("{\"alg\":\"" + algorithm + "\"}")
        + "."
        + Base64URL.encode(claims)
        + ".";
  }

  private static String half(String signature) {
    byte[] bytes = Base64.getUrlDecoder().decode(signature);
    return Base64URL.encode(Arrays.copyOf(bytes, bytes.length / 2)).toString();
  }

  private static String flipped(String signature) {
    byte[] bytes = Base64.getUrlDecoder().decode(signature);
    bytes[bytes.length / 2] ^= 1;
    return Base64URL.encode(bytes).toString();
  }

  /// Tokens that are signed with what nobody should sign with.
  private String keyed(String how) throws JOSEException {
    RSAKey rsa = issuer.rsa();
    byte[] der = rsa.toRSAPublicKey().getEncoded();
    return switch (how) {
      case "hs256-pem" -> mac(JWSAlgorithm.HS256, pem(der).getBytes(UTF_8));
      case "hs256-der" -> mac(JWSAlgorithm.HS256, der);
      case "hs256-modulus" -> mac(JWSAlgorithm.HS256, rsa.getModulus().toString().getBytes(UTF_8));
      case "hs384-pem" -> mac(JWSAlgorithm.HS384, pem(der).getBytes(UTF_8));
      case "hs512-pem" -> mac(JWSAlgorithm.HS512, pem(der).getBytes(UTF_8));
      case "ps256" -> signed("PS256", JWSAlgorithm.PS256, RsaKeys.signer(rsa));
      case "ps384" -> signed("PS384", JWSAlgorithm.PS384, RsaKeys.signer(rsa));
      case "ps512" -> signed("PS512", JWSAlgorithm.PS512, RsaKeys.signer(rsa));
      case "rs384" -> signed("RS384", JWSAlgorithm.RS384, RsaKeys.signer(rsa));
      case "rs512" -> signed("RS512", JWSAlgorithm.RS512, RsaKeys.signer(rsa));
      case "rs256-as-rs512" -> signed("RS512", JWSAlgorithm.RS256, RsaKeys.signer(rsa));
      case "es384" -> elliptic("ec384", JWSAlgorithm.ES384, issuer.ec384());
      case "es512" -> elliptic("ec521", JWSAlgorithm.ES512, issuer.ec521());
      case "es256-other" -> elliptic("ec", JWSAlgorithm.ES256, otherEcKey());
      case "es256-der" -> withDerSignature();
      case "x5c-header" -> withCertificate();
      case "other-key" ->
          signed("RS256", JWSAlgorithm.RS256, RsaKeys.signer(RsaKeys.create("rsa")));
      case "jwk-header" -> withJwk(RsaKeys.create("rsa"));
      default -> throw new IllegalArgumentException("no such forgery: " + how);
    };
  }

  private static String pem(byte[] der) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END PUBLIC KEY-----\n";
  }

  private String mac(JWSAlgorithm algorithm, byte[] secret) throws JOSEException {
    return signed(algorithm.getName(), algorithm, new MACSigner(secret));
  }

  private String elliptic(String keyId, JWSAlgorithm algorithm, ECKey key) throws JOSEException {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\"}";
    return ForeignIssuer.sign(header, claims, algorithm, new ECDSASigner(key));
  }

  private static ECKey otherEcKey() throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
  }

  private String withDerSignature() throws JOSEException {
    String good = ec("ES256", "ec");
    int dot = good.lastIndexOf('.') + 1;
    byte[] plain = Base64.getUrlDecoder().decode(good.substring(dot));
    return good.substring(0, dot) + Base64URL.encode(ECDSA.transcodeSignatureToDER(plain));
  }

  /// Names a certificate of its own; what it says is not looked at.
  private String withCertificate() throws JOSEException {
    return ForeignIssuer.sign(
        "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"x5c\":[\"MIIB\"],\"x5u\":\"https://evil.example\"}",
        claims,
        JWSAlgorithm.RS256,
        RsaKeys.signer(RsaKeys.create("rsa")));
  }

  private String signed(String name, JWSAlgorithm algorithm, JWSSigner signer) {
    return ForeignIssuer.sign(
        "{\"alg\":\"" + name + "\",\"kid\":\"rsa\"}", claims, algorithm, signer);
  }

  private String withJwk(RSAKey key) throws JOSEException {
    return ForeignIssuer.sign(
        "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"jwk\":" + key.toPublicJWK().toJSONString() + "}",
        claims,
        JWSAlgorithm.RS256,
        RsaKeys.signer(key));
  }
}
