package dev.inkan.bench;

import dev.inkan.core.crl.CrlDamagedException;
import dev.inkan.core.crl.CrlEntryFile;
import dev.inkan.core.crl.CrlReader;
import dev.inkan.core.crl.CrlSigner;
import dev.inkan.core.crl.CrlSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bouncycastle.operator.ContentSigner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A CRL of a million entries, as the server makes it: each run of a method is one CRL. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
public class CrlBenchmark {

  private static final int BLOCK = 1 << 18;

  private final BenchPki pki = new BenchPki();
  private final CrlSigner signer = new CrlSigner(pki.issuer(), pki.issuing()::newSigner);
  private final CrlReader reader = new CrlReader(pki.issuer(), pki.providers().forVerification());
  private final Path folder = CrlScene.folder();
  private final Path signed = folder.resolve("signed.crl");
  private final Path out = folder.resolve("out.crl");
  private final CrlEntryFile entries;

  /** Makes the entry file and the CRL that the benchmarks start from. */
  public CrlBenchmark() {
    try {
      entries = entries("entries");
      sign(entries, signed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CrlEntryFile entries(String name) throws IOException {
    CrlScene scene = new CrlScene();
    CrlEntryFile file = CrlEntryFile.create(folder.resolve(name));
    for (int i = 0; i < CrlScene.ENTRIES; i++) {
      file.append(scene.next());
    }
    return file;
  }

  private void sign(CrlEntryFile file, Path to) throws IOException {
    try (OutputStream octets = Files.newOutputStream(to)) {
      signer.sign(CrlScene.content(), file, octets);
    }
  }

  /**
   * The reference: the same octets out of a file, through the same provider's signature with the
   * same key, into a file.
   */
  @Benchmark
  public byte[] barePass() throws IOException {
    ContentSigner signature = pki.issuing().newSigner();
    byte[] block = new byte[BLOCK];
    try (InputStream from = Files.newInputStream(signed);
        OutputStream digest = signature.getOutputStream();
        OutputStream to = Files.newOutputStream(out)) {
      for (int read = from.read(block); read > 0; read = from.read(block)) {
        digest.write(block, 0, read);
        to.write(block, 0, read);
      }
    }
    return signature.getSignature();
  }

  /** From entries in memory to a signed file. */
  @Benchmark
  public long encodeAndSign() throws IOException {
    try (CrlEntryFile file = entries("more")) {
      sign(file, out);
      return file.octets();
    }
  }

  /** What of it comes after the entries are encoded. */
  @Benchmark
  public long signEncoded() throws IOException {
    sign(entries, out);
    return entries.octets();
  }

  /** The check of what came out, as relying parties will read it, by another provider. */
  @Benchmark
  public CrlSummary readBack() throws IOException, CrlDamagedException {
    return reader.read(signed);
  }
}
