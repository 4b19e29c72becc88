package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.KeyUnavailableException.Reason;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** The certificates beside a token's keys. For one session. */
final class TokenCertificates {

  private static final long X509 = 0;
  private static final int LONGEST_CHAIN = 5;

  private final CryptokiSession session;

  TokenCertificates(CryptokiSession session) {
    this.session = session;
  }

  /** The certificate with a label, if there is just one. */
  Optional<Der> find(String object) throws CryptokiException {
    List<Long> found =
        session.find(
            CryptokiSession.CERTIFICATES, CryptokiSession.LABEL, TokenConnection.octets(object));
    return found.size() == 1 ? Optional.of(value(found.get(0))) : Optional.empty();
  }

  /** The one certificate with a label. */
  Der single(String keyId, String object) throws CryptokiException {
    return value(TokenConnection.single(keyId, object, session, CryptokiSession.CERTIFICATES));
  }

  /** The certificate with a label, then its issuers as far as the token has them. */
  List<Der> chain(String keyId, String object) throws CryptokiException {
    List<Der> chain = new ArrayList<>();
    Optional<Der> next = Optional.of(single(keyId, object));
    while (next.isPresent() && chain.size() < LONGEST_CHAIN) {
      chain.add(next.get());
      X509CertificateHolder holder = parse(keyId, next.get());
      next =
          holder.getIssuer().equals(holder.getSubject()) ? Optional.empty() : issuer(keyId, holder);
    }
    return chain;
  }

  /** The one that signed {@code certificate}, by its name and its key's identifier. */
  private Optional<Der> issuer(String keyId, X509CertificateHolder certificate)
      throws CryptokiException {
    for (long candidate :
        session.find(
            CryptokiSession.CERTIFICATES,
            CryptokiSession.SUBJECT,
            encoded(certificate.getIssuer()))) {
      Der value = value(candidate);
      if (isIssuer(parse(keyId, value), certificate)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static boolean isIssuer(X509CertificateHolder issuer, X509CertificateHolder of) {
    AuthorityKeyIdentifier wanted = AuthorityKeyIdentifier.fromExtensions(of.getExtensions());
    SubjectKeyIdentifier has = SubjectKeyIdentifier.fromExtensions(issuer.getExtensions());
    return wanted == null
        || has == null
        || Arrays.equals(wanted.getKeyIdentifierOctets(), has.getKeyIdentifier());
  }

  /** Puts a key's certificate beside it, and those of its issuers that are not there yet. */
  void add(List<Der> chain, String object, byte[] id) throws CryptokiException {
    session.create(attributes(chain.get(0), TokenConnection.octets(object), id));
    for (Der issuer : chain.subList(1, chain.size())) {
      byte[] value = issuer.toByteArray();
      if (session.find(CryptokiSession.CERTIFICATES, CryptokiSession.VALUE, value).isEmpty()) {
        byte[] name = TokenConnection.octets("issuer of " + object);
        session.create(attributes(issuer, name, digest(value)));
      }
    }
  }

  private static Map<Long, Object> attributes(Der certificate, byte[] label, byte[] id) {
    X509CertificateHolder holder = parse("certificate", certificate);
    Map<Long, Object> attributes = new LinkedHashMap<>();
    attributes.put(CryptokiSession.CLASS, CryptokiSession.CERTIFICATES);
    attributes.put(CryptokiSession.TOKEN, true);
    attributes.put(CryptokiSession.CERTIFICATE_TYPE, X509);
    attributes.put(CryptokiSession.SUBJECT, encoded(holder.getSubject()));
    attributes.put(CryptokiSession.ISSUER, encoded(holder.getIssuer()));
    attributes.put(CryptokiSession.SERIAL_NUMBER, serialNumber(holder));
    attributes.put(CryptokiSession.VALUE, certificate.toByteArray());
    attributes.put(CryptokiSession.LABEL, label);
    attributes.put(CryptokiSession.ID, id);
    return attributes;
  }

  private Der value(long certificate) throws CryptokiException {
    return Der.copyOf(session.octets(certificate, CryptokiSession.VALUE));
  }

  static X509CertificateHolder parse(String keyId, Der certificate) {
    try {
      return new X509CertificateHolder(certificate.toByteArray());
    } catch (IOException | RuntimeException e) {
      throw new KeyUnavailableException(
          keyId, Reason.DAMAGED, "a certificate in the token is none", e); // throws both sorts
    }
  }

  private static byte[] encoded(X500Name name) {
    try {
      return name.getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a name that was read can be written", e);
    }
  }

  private static byte[] serialNumber(X509CertificateHolder holder) {
    try {
      return holder.toASN1Structure().getSerialNumber().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a number that was read can be written", e);
    }
  }

  private static byte[] digest(byte[] value) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(value), 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
