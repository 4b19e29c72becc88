package dev.inkan.bench;

import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.status.OcspAnswer;
import dev.inkan.server.status.OcspDesk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a request's octets to the answer's, without HTTP; one thread, ten thousand certificates. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(java.util.concurrent.TimeUnit.SECONDS)
public class OcspBenchmark {

  private static final Duration PERIOD = Duration.ofDays(1);

  private final BenchPki pki = new BenchPki();
  private final OcspScene scene = new OcspScene(pki, 10_000);
  private final OcspDesk desk = scene.desk(PERIOD);
  private final List<byte[]> withoutNonce = scene.questions(false);
  private final List<byte[]> withNonce = scene.questions(true);
  private final Signature signature;
  private final byte[] message;
  private final X509CertificateHolder certificate;
  private final RespID responderId;
  private int turn;

  /** Makes CAs, ledger, desk and questions. */
  public OcspBenchmark() {
    try {
      certificate = new X509CertificateHolder(scene.responder().certificate().toByteArray());
      responderId =
          new RespID(
              certificate.getSubjectPublicKeyInfo(),
              new JcaDigestCalculatorProviderBuilder().build().get(RespID.HASH_SHA1));
      message = responseData(desk.answer(withNonce.get(0)).octets());
      signature =
          Signature.getInstance(
              KeyAlgorithm.P_256.signatureAlgorithm(),
              pki.providers().forKeysOf(KeyAlgorithm.P_256));
      signature.initSign(responderKey(), pki.random());
    } catch (IOException | GeneralSecurityException | OCSPException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] responseData(byte[] answer) throws IOException, OCSPException {
    return ((BasicOCSPResp) new OCSPResp(answer).getResponseObject()).getTBSResponseData();
  }

  /** The very key the desk signs with: out of the one form in which it leaves. */
  private PrivateKey responderKey() throws IOException, GeneralSecurityException {
    char[] characters = "bench".toCharArray();
    try (Passphrase passphrase = Passphrase.copyOf(characters)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      byte[] file = scene.responder().toPkcs12(passphrase).toByteArray();
      store.load(new ByteArrayInputStream(file), characters);
      return (PrivateKey) store.getKey(store.aliases().nextElement(), characters);
    }
  }

  private byte[] next(List<byte[]> questions) {
    turn = turn + 1 == questions.size() ? 0 : turn + 1;
    return questions.get(turn);
  }

  /** The reference: the same octets, the same key, the same provider, and nothing else. */
  @Benchmark
  public byte[] rawSigning() throws GeneralSecurityException {
    signature.update(message);
    return signature.sign();
  }

  /** Every answer is signed, because of its nonce. */
  @Benchmark
  public OcspAnswer fresh() {
    return desk.answer(next(withNonce));
  }

  /** Every answer was signed before. */
  @Benchmark
  public OcspAnswer cached() {
    return desk.answer(next(withoutNonce));
  }

  /** The same answer as {@link #fresh} by Bouncy Castle's classes, signed by the same provider. */
  @Benchmark
  public byte[] bouncyCastleBuilder() throws IOException, OCSPException {
    OCSPReq request = new OCSPReq(next(withNonce));
    Instant now = Instant.now();
    BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(responderId);
    builder.addResponse(
        request.getRequestList()[0].getCertID(),
        CertificateStatus.GOOD,
        Date.from(now),
        Date.from(now.plus(PERIOD)),
        null);
    builder.setResponseExtensions(
        new Extensions(
            request.getExtension(
                org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers.id_pkix_ocsp_nonce)));
    X509CertificateHolder[] chain = {certificate};
    BasicOCSPResp basic = builder.build(scene.responder().newSigner(), chain, Date.from(now));
    return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, basic).getEncoded();
  }
}
