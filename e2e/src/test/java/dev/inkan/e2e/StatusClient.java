package dev.inkan.e2e;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** A gateway as one server's status listener sees it: OCSP by POST without nonce, and CRLs. */
final class StatusClient {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI listener;
  private final X509Certificate issuer;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  StatusClient(URI listener, X509Certificate issuer) {
    this.listener = listener;
    this.issuer = issuer;
  }

  /** What it says about one certificate at this moment. */
  OcspReply ask(SerialNumber serialNumber) {
    byte[] question = new OcspQuestion(issuerDer()).about(serialNumber).encoded();
    HttpRequest request =
        request("/ocsp")
            .header("Content-Type", "application/ocsp-request")
            .POST(BodyPublishers.ofByteArray(question))
            .build();
    return new OcspReply(send(request).body());
  }

  /** Whether it says at this moment that the certificate is revoked. */
  boolean isRevoked(SerialNumber serialNumber) {
    OcspReply reply = ask(serialNumber);
    return reply.code() == 0 && reply.status() instanceof CertificateStatus.Revoked;
  }

  /** Whether the certificate is on the CRL that is published at this moment. */
  boolean lists(SerialNumber serialNumber) {
    return crl().getRevokedCertificate(serialNumber.value()) != null;
  }

  /** The issuing CA's full CRL, as published at this moment, its signature checked. */
  X509CRL crl() {
    byte[] octets = send(request("/crl/issuing.crl").build()).body();
    try {
      X509CRL crl =
          (X509CRL)
              CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(octets));
      crl.verify(issuer.getPublicKey());
      return crl;
    } catch (CRLException e) {
      throw new AssertionError(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the CRL's signature", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(listener.resolve(path)).timeout(PATIENCE);
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new AssertionError(request + " answered " + response.statusCode());
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Der issuerDer() {
    try {
      return Der.copyOf(issuer.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
