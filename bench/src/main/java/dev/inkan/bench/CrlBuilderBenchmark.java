package dev.inkan.bench;

import dev.inkan.core.crl.CrlContent;
import dev.inkan.core.crl.CrlEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The same CRL by Bouncy Castle's builder, which needs all of it in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
public class CrlBuilderBenchmark {

  private final BenchPki pki = new BenchPki();
  private final Path out = CrlScene.folder().resolve("out.crl");

  /** From entries in memory to a signed file. */
  @Benchmark
  public Path bouncyCastleBuilder() throws IOException {
    CrlContent content = CrlScene.content();
    CrlScene scene = new CrlScene();
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(pki.issuer().name(), Date.from(content.thisUpdate()));
    builder.setNextUpdate(Date.from(content.nextUpdate()));
    for (int i = 0; i < CrlScene.ENTRIES; i++) {
      CrlEntry entry = scene.next();
      builder.addCRLEntry(
          entry.serialNumber().value(), Date.from(entry.revocationDate()), entry.reason().code());
    }
    return Files.write(out, builder.build(pki.issuing().newSigner()).getEncoded());
  }
}
